#include "core/module/path_pattern.hpp"

#include "tests/support/check.hpp"

using namespace modtool;

TEST_CASE("three dots stand for any text, and at the end behind a slash for nothing, too") {
  struct Row {
    std::string_view pattern;
    std::string_view path;
    bool is_match;
  };
  constexpr Row kRows[] = {
      {"x.y/a", "x.y/a", true},      {"x.y/a", "x.y/ab", false},     {"x.y/...", "x.y", true},
      {"x.y/...", "x.y/a/b", true},  {"x.y/...", "x.yz", false},     {"x.y...", "x.yz/a", true},
      {"...", "x.y/a", true},        {"x.y/.../b", "x.y/a/b", true}, {"x.y/.../b", "x.y/b", false},
      {"x.y/a...a", "x.y/a", false}, {"x.y/a...a", "x.y/aa", true},  {"...b...c", "abxc", true},
      {"...b...c", "acxb", false},   {"x.y/.../...", "x.y/a", true}, {"x.y/.../...", "x.z/a", false},
  };
  for (const auto& row : kRows) {
    CAPTURE(row.pattern);
    CAPTURE(row.path);
    CHECK(module::match_path_pattern(row.pattern, row.path) == row.is_match);
  }
}
