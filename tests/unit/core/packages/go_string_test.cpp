#include "core/packages/go_string.hpp"

#include "tests/support/check.hpp"

using namespace modtool::packages;

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
  };
  for (const Row& row : kRows) {
    CAPTURE(row.literal);
    CHECK(unquote_go_string(row.literal) == row.value);
    CHECK(go_string_length(std::string(row.literal) + " more") == row.literal.size());
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
    CHECK_FALSE(unquote_go_string(literal));
  }
}

TEST_CASE("a literal that does not end has no length") {
  constexpr std::string_view kRows[] = {"", "x", "\"a", "\"a\n\"", "`a", R"("a\")"};
  for (const auto text : kRows) {
    CAPTURE(text);
    CHECK(go_string_length(text) == 0);
  }
}
