#include "core/base/text.hpp"

#include <doctest/doctest.h>

#include <string>

namespace modtool {
namespace {

using namespace std::string_literals;
using Pieces = std::vector<std::string_view>;

}  // namespace

TEST_CASE("a text is split at every separator") {
  struct {
    std::string_view text;
    Pieces pieces;
  } const rows[] = {
      {"", {""}}, {"a", {"a"}}, {"a,b", {"a", "b"}}, {"a,,b", {"a", "", "b"}}, {",", {"", ""}}, {"a,", {"a", ""}},
  };
  for (const auto& row : rows) CHECK(split(row.text, ',') == row.pieces);
}

TEST_CASE("lines come without their ends, be they of one byte or two") {
  struct {
    std::string_view text;
    Pieces lines;
  } const rows[] = {
      {"", {}},     {"a", {"a"}},         {"a\n", {"a"}}, {"a\r\nb\n", {"a", "b"}}, {"a\n\nb", {"a", "", "b"}},
      {"\n", {""}}, {"a\rb\n", {"a\rb"}}, {"a\r", {"a"}},
  };
  for (const auto& row : rows) CHECK(split_lines(row.text) == row.lines);
}

TEST_CASE("fields are what stands between blanks") {
  struct {
    std::string_view text;
    Pieces fields;
  } const rows[] = {
      {"", {}}, {" \t\r\n", {}}, {"a", {"a"}}, {"  a \t b\n", {"a", "b"}}, {"a\vb", {"a\vb"}},
  };
  for (const auto& row : rows) CHECK(split_fields(row.text) == row.fields);
}

TEST_CASE("trimming takes blanks from both ends only") {
  CHECK(trim(" \t a b \r\n") == "a b");
  CHECK(trim(" \n") == "");
  CHECK(trim("") == "");
}

TEST_CASE("parts are joined with a separator between them") {
  CHECK(join({}, ", ").empty());
  CHECK(join({"a"}, ", ") == "a");
  CHECK(join({"a", "", "b"}, ", ") == "a, , b");
}

// The right side is what go 1.26 prints with %q.
TEST_CASE("a text is quoted as Go quotes it") {
  struct {
    std::string text;
    std::string quoted;
  } const rows[] = {
      {"", R"("")"},
      {"plain", R"("plain")"},
      {"a b", R"("a b")"},
      {"tab\there", R"("tab\there")"},
      {"line\nend\r", R"("line\nend\r")"},
      {"\a\b\f\v", R"("\a\b\f\v")"},
      {"back\\slash", R"("back\\slash")"},
      {"\"quoted\"", R"("\"quoted\"")"},
      {"'single'", R"("'single'")"},
      {"`back`", R"("`back`")"},
      {"\0\1\x1f\x7f"s, R"("\x00\x01\x1f\x7f")"},
      {"\xff\xfe", R"("\xff\xfe")"},
      {"a\xc3", R"("a\xc3")"},
      {"\xe2\x82", R"("\xe2\x82")"},
      {"\xed\xa0\x80", R"("\xed\xa0\x80")"},
      {"\xc0\xaf", R"("\xc0\xaf")"},
      {"\xf4\x90\x80\x80", R"("\xf4\x90\x80\x80")"},
      {"\u00e9", "\"\u00e9\""},
      {"e\u0301", "\"e\u0301\""},
      {"\u65e5\u672c", "\"\u65e5\u672c\""},
      {"\U0001f600", "\"\U0001f600\""},
      {"\u017f", "\"\u017f\""},
      {"\ufffd", "\"\ufffd\""},
      {"\u00a0", R"("\u00a0")"},
      {"\u00ad", R"("\u00ad")"},
      {"\u200b", R"("\u200b")"},
      {"\u2028", R"("\u2028")"},
      {"\u202e", R"("\u202e")"},
      {"\u2066", R"("\u2066")"},
      {"\u3000", R"("\u3000")"},
      {"\ufeff", R"("\ufeff")"},
      {"\ue000", R"("\ue000")"},
      {"\U0010ffff", R"("\U0010ffff")"},
      {"\xc2\x85", R"("\u0085")"},
      {"\u0378", R"("\u0378")"},
  };
  for (const auto& row : rows) CHECK(quote(row.text) == row.quoted);
}

TEST_CASE("what a terminal would obey is made visible") {
  struct {
    std::string text;
    std::string shown;
  } const rows[] = {
      {"plain, \u00e9 and \U0001f600", "plain, \u00e9 and \U0001f600"},
      {"two\n\tlines \"quoted\" \\", "two\n\tlines \"quoted\" \\"},
      {"\x1b[31mred", "\\x1b[31mred"},
      {"back\rover", "back\\x0dover"},
      {"\u202egnp.exe", "\\u202egnp.exe"},
      {"\xc2\x9b"
       "31m",
       "\\u009b31m"},
      {"\xff\x80", "\\xff\\x80"},
      {"a\0b"s, "a\\x00b"},
  };
  for (const auto& row : rows) CHECK(make_printable(row.text) == row.shown);
}

TEST_CASE("what is quoted in a line cannot begin another one") {
  CHECK(make_printable_line("a\n::error::\tb\u202e") == "a\\x0a::error::\\x09b\\u202e");
}

TEST_CASE("the nearest candidate is named if the word is likely a slip") {
  const std::vector<std::string_view> commands = {"graph", "tree", "why", "list", "vendor", "verify", "download"};
  struct {
    std::string_view word;
    std::string_view found;
  } const rows[] = {
      {"graph", "graph"},
      {"grpah", "graph"},
      {"grap", "graph"},
      {"graphs", "graph"},
      {"vendro", "vendor"},
      {"lst", "list"},
      {"donwlaod", "download"},
      {"verfiy", "verify"},
      {"wyh", "why"},
      {"elephant", ""},
      {"g", ""},
      {"", ""},
      {"x", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.word);
    CHECK(nearest(row.word, commands) == row.found);
  }
  CHECK(nearest("ab", {"ac", "ad"}) == "ac");
  CHECK(nearest("a", {"b"}).empty());
  CHECK(nearest("a", {}).empty());
  CHECK(did_you_mean("grpah", commands) == "; did you mean `graph`?");
  CHECK(did_you_mean("a", {"b"}).empty());
}

TEST_CASE("a word for a shell is quoted where it must be") {
  CHECK(shell_word("vendor/a.org/x-1.0/a_b+c.h") == "vendor/a.org/x-1.0/a_b+c.h");
  CHECK(shell_word("") == "''");
  CHECK(shell_word("~x") == "'~x'");
  CHECK(shell_word("a b$(c)") == "'a b$(c)'");
  CHECK(shell_word("it's") == "'it'\\''s'");
}

TEST_CASE("a path lies below a prefix at a slash only") {
  CHECK(has_path_prefix("a/b", "a"));
  CHECK(has_path_prefix("a", "a"));
  CHECK(!has_path_prefix("ab", "a"));
  CHECK(!has_path_prefix("a", "a/b"));
}

}  // namespace modtool
