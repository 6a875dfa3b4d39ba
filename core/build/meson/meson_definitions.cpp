#include "core/build/meson/meson_definitions.hpp"

#include <string_view>

namespace modtool::build {
namespace {

struct Word {
  std::string_view meson, cmake;
};

constexpr Word kWords[] = {
    {"buildtype=plain", "CMAKE_BUILD_TYPE="},
    {"buildtype=debug", "CMAKE_BUILD_TYPE=Debug"},
    {"buildtype=debugoptimized", "CMAKE_BUILD_TYPE=RelWithDebInfo"},
    {"buildtype=release", "CMAKE_BUILD_TYPE=Release"},
    {"buildtype=minsize", "CMAKE_BUILD_TYPE=MinSizeRel"},
    {"default_library=static", "BUILD_SHARED_LIBS=OFF"},
    {"default_library=shared", "BUILD_SHARED_LIBS=ON"},
};

}  // namespace

std::vector<std::string> with_cmake_words(const std::vector<std::string>& definitions) {
  std::vector<std::string> all = {"CMAKE_POSITION_INDEPENDENT_CODE=ON"};
  for (const auto& definition : definitions) {
    for (const auto& [meson, cmake] : kWords) {
      if (definition == meson) all.emplace_back(cmake);
    }
  }
  all.insert(all.end(), definitions.begin(), definitions.end());
  return all;
}

}  // namespace modtool::build
