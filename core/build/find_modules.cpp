#include "core/build/find_modules.hpp"

#include "core/base/text.hpp"

namespace modtool::build {
namespace {

struct FindModule {
  std::string_view library, package;
};

// What the targets of these are called, core/build/cmake/find_modules.cmake knows.
constexpr FindModule kFindModules[] = {
    {"bz2", "BZip2"},          {"bzip2", "BZip2"},      {"curl", "CURL"},       {"expat", "EXPAT"},
    {"freetype", "Freetype"},  {"googletest", "GTest"}, {"gtest", "GTest"},     {"jpeg", "JPEG"},
    {"libbz2", "BZip2"},       {"libcurl", "CURL"},     {"libexpat", "EXPAT"},  {"libjpeg", "JPEG"},
    {"libjpeg-turbo", "JPEG"}, {"liblzma", "LibLZMA"},  {"libpng", "PNG"},      {"libtiff", "TIFF"},
    {"libxml2", "LibXml2"},    {"png", "PNG"},          {"sqlite3", "SQLite3"}, {"tiff", "TIFF"},
    {"xz", "LibLZMA"},         {"zlib", "ZLIB"},        {"zlib-ng", "ZLIB"},
};

}  // namespace

std::string_view find_module_of(std::string_view name) {
  const std::string small = to_lower(name);
  for (const auto& [library, package] : kFindModules) {
    if (library == small) return package;
  }
  return {};
}

}  // namespace modtool::build
