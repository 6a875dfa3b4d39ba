#include "core/base/glob.hpp"

#include <doctest/doctest.h>
#include <fmt/ranges.h>

using modtool::is_valid_glob;
using modtool::match_elements;
using modtool::match_glob;

TEST_CASE("a shell pattern matches the whole text, and its stars no slash") {
  struct Row {
    std::string_view pattern, text;
    bool matches;
  };
  constexpr Row kRows[] = {
      {"abc", "abc", true},
      {"*", "abc", true},
      {"*c", "abc", true},
      {"a*", "a", true},
      {"a*", "ab/c", false},
      {"a*/b", "abc/b", true},
      {"a*/b", "a/c/b", false},
      {"a*b*c*d*e*/f", "axbxcxdxe/f", true},
      {"a*b?c*x", "abxbbxdbxebxczzx", true},
      {"a*b?c*x", "abxbbxdbxebxczzy", false},
      {"ab[c]", "abc", true},
      {"ab[b-d]", "abc", true},
      {"ab[e-g]", "abc", false},
      {"ab[^c]", "abc", false},
      {"ab[^e-g]", "abc", true},
      {"a\\*b", "a*b", true},
      {"a\\*b", "ab", false},
      {"a?b", "a\u263Ab", true},
      {"a[^a]b", "a\u263Ab", true},
      {"a???b", "a\u263Ab", false},
      {"[a-\u03B6]*", "\u03B1", true},
      {"*[a-\u03B6]", "A", false},
      {"a?b", "a/b", false},
      {"a*b", "a/b", false},
      {"[\\]a]", "]", true},
      {"[\\-]", "-", true},
      {"[x\\-]", "x", true},
      {"[\\-x]", "a", false},
      {"*x", "xxx", true},
      {"", "", true},
      {"", "a", false},
      {"a[/]b", "a/b", true},
      {"[z-a]", "m", false},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.pattern);
    CAPTURE(row.text);
    CHECK(is_valid_glob(row.pattern));
    CHECK(match_glob(row.pattern, row.text) == row.matches);
  }
}

TEST_CASE("a malformed pattern is known as such and matches nothing") {
  for (const std::string_view pattern :
       {"[]a]", "[-]", "[x-]", "[-x]", "[a-b-c]", "[", "[^", "[^bc", "a[", "[a", "\\", "a\\", "[\\", "*[", "[\xFF]"}) {
    CAPTURE(pattern);
    CHECK_FALSE(is_valid_glob(pattern));
    CHECK_FALSE(match_glob(pattern, "a"));
    CHECK_FALSE(match_glob(pattern, pattern));
  }
}

TEST_CASE("elements of a path match a pattern's, and `**` stands for any number of them") {
  struct Row {
    std::vector<std::string> pattern;
    std::vector<std::string> path;
    bool matches;
  };
  const Row rows[] = {
      {{"a", "*.h"}, {"a", "x.h"}, true},
      {{"a", "*.h"}, {"a", "b", "x.h"}, false},
      {{"a", "**", "x.h"}, {"a", "x.h"}, true},
      {{"a", "**", "x.h"}, {"a", "b", "c", "x.h"}, true},
      {{"a", "**", "x.h"}, {"b", "x.h"}, false},
      {{"a", "**"}, {"a", "b"}, true},
      {{"a", "**"}, {"a", "b", "c"}, true},
      {{"a", "**"}, {"a"}, false},
      {{"**"}, {"a"}, true},
      {{"**", "b"}, {"b"}, true},
      {{"**", "b", "**", "c"}, {"a", "b", "b", "c"}, true},
      {{"**", "b", "**", "c"}, {"a", "c", "b"}, false},
      {{"a"}, {}, false},
      {{}, {}, true},
  };
  for (const Row& row : rows) {
    CAPTURE(fmt::format("{} {}", fmt::join(row.pattern, "/"), fmt::join(row.path, "/")));
    CHECK(match_elements(row.pattern, row.path) == row.matches);
  }
}
