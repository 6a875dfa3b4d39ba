#include "core/gomod/quoting.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

TEST_CASE("words are unquoted as Go's strings are") {
  struct Case {
    std::string_view word;
    std::string_view value;
  };
  const std::vector<Case> cases = {
      {"plain", "plain"},
      {R"("plain")", "plain"},
      {R"("")", ""},
      {R"("a b")", "a b"},
      {R"("\a\b\f\n\r\t\v\\\"")", "\a\b\f\n\r\t\v\\\""},
      {R"("\x41\101\u00e9\U0001F600")", "AA\u00e9\U0001F600"},
      {"\"\xff\"", "\uFFFD"},
      {R"("\xff")", "\xff"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.word);
    CHECK(REQUIRE_OK(parse_word(c.word)) == c.value);
  }
}

TEST_CASE("malformed strings and reserved quotation marks are refused") {
  for (const auto* word : {R"("\q")", R"("\x4")", R"("\x4g")", R"("\400")", R"("\08")", R"("\ud800")",
                           R"("\U00110000")", R"("\")", R"(")", R"("\')"}) {
    CAPTURE(word);
    CHECK_ERROR(parse_word(word), Code::kGoModSyntax, "invalid syntax");
  }
  for (const auto* word : {"`raw`", "'x'", "a\"b"}) {
    CAPTURE(word);
    CHECK_ERROR(parse_word(word), Code::kGoModSyntax, "unquoted string cannot contain quote");
  }
}

TEST_CASE("only what would not be one word is quoted") {
  struct Case {
    std::string_view value;
    std::string_view word;
  };
  const std::vector<Case> cases = {
      {"example.com/a", "example.com/a"},
      {"", R"("")"},
      {"a b", R"("a b")"},
      {"a//b", R"("a//b")"},
      {"a/*b", R"("a/*b")"},
      {"(", "("},
      {"(x", R"("(x")"},
      {"a,b", R"("a,b")"},
      {"'", R"("'")"},
      {"\u00e9", "\u00e9"},
      {"\u200b", R"("\u200b")"},
      {"\t", R"("\t")"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.value);
    CHECK(format_word(c.value) == c.word);
  }
}

TEST_CASE("white space of every kind is trimmed") {
  CHECK(trim_space("\u00a0\u2003 x y\u3000\u0085\n") == "x y");
  CHECK(trim_space(" \t").empty());
}

}  // namespace
}  // namespace modtool::gomod
