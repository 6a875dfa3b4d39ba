#include "core/base/unquote.hpp"

#include <doctest/doctest.h>

namespace modtool {
namespace {

TEST_CASE("a string literal of Go has the value Go gives it") {
  struct Row {
    std::string_view literal;
    std::string_view value;
  };
  constexpr Row kRows[] = {
      {R"("")", ""},
      {R"("a b")", "a b"},
      {R"("a\"b\\")", "a\"b\\"},
      {R"("\a\b\f\n\r\t\v")", "\a\b\f\n\r\t\v"},
      {R"("\101\x42")", "AB"},
      {R"("\u00e9")", "\u00e9"},
      {R"("\U0001F600")", "\U0001F600"},
      {"`a\\n\r\nb`", "a\\n\nb"},
      {"\"\xff\"", "\uFFFD"},
      {R"("\xff")", "\xff"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.literal);
    CHECK(unquote(row.literal) == row.value);
  }
}

TEST_CASE("what is no string literal of Go has no value") {
  constexpr std::string_view kRows[] = {
      "",         "\"",        "a",        "'a'",       "\"a`",        "\"a\"b\"",
      "\"a\nb\"", R"("\'")",   R"("\x4")", R"("\400")", R"("\uD800")", R"("\U00110000")",
      R"("\q")",  R"("\x+1")",
  };
  for (const auto literal : kRows) {
    CAPTURE(literal);
    CHECK_FALSE(unquote(literal));
  }
}

}  // namespace
}  // namespace modtool
