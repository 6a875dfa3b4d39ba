# Writes a C++ source that holds the error pages: cmake -D PAGES=FOLDER -D OUTPUT=FILE -P embed_pages.cmake
file(GLOB pages ${PAGES}/MT*.md)
list(SORT pages)
set(rows "")
foreach(page IN LISTS pages)
  file(READ ${page} text)
  cmake_path(GET page STEM code)
  string(APPEND rows "    {\"${code}\",\n     R\"page(${text})page\"},\n")
endforeach()
file(CONFIGURE OUTPUT ${OUTPUT} @ONLY CONTENT [[// Made from docs/errors by cmake/embed_pages.cmake.
#include <array>

#include "cli/error_pages.hpp"

namespace modtool::cli {
namespace {

struct Page {
  std::string_view code;
  std::string_view text;
};

constexpr auto kPages = std::to_array<Page>({
@rows@});

}  // namespace

std::string_view error_page(Code code) {
  const auto name = to_string(code);
  for (const auto& page : kPages) {
    if (page.code == name) return page.text;
  }
  return {};
}

}  // namespace modtool::cli
]])
