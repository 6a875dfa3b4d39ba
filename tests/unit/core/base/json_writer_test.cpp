#include "core/base/json_writer.hpp"

#include <cstdint>
#include <limits>

#include "tests/support/check.hpp"

namespace modtool {
namespace {

json::Value sample() {
  json::Value list = json::array();
  append(list, 1);
  append(list, json::array());
  append(list, json::object());
  json::Value value = json::object({{"schema", 1}, {"yes", true}, {"names", std::vector<std::string>{"a", "b"}}});
  add(value, "list", std::move(list));
  add_if_any(value, "empty", "");
  add_if_any(value, "text", "x");
  return value;
}

TEST_CASE("a document is indented by two and ends its last line") {
  CHECK(json::format_document(sample()) == R"({
  "schema": 1,
  "yes": true,
  "names": [
    "a",
    "b"
  ],
  "list": [
    1,
    [],
    {}
  ],
  "text": "x"
}
)");
  CHECK(json::format_document(json::array()) == "[]\n");
}

TEST_CASE("a line has nothing between its tokens") {
  CHECK(json::format_line(sample()) == R"({"schema":1,"yes":true,"names":["a","b"],"list":[1,[],{}],"text":"x"})");
}

TEST_CASE("what was read is written again, without its comments") {
  const auto value = REQUIRE_OK(json::parse(R"({"b": [null, -2.5e3], /* c */ "a": "\u00e9\/"})", "x.json"));
  CHECK(json::format_line(value) == R"({"b":[null,-2.5e3],"a":"é/"})");
}

TEST_CASE("integers of every width are written as they are") {
  const auto list = [](const json::Item& item) {
    json::Value value = json::array();
    append(value, item);
    return json::format_line(value);
  };
  CHECK(list(std::numeric_limits<std::int64_t>::min()) == "[-9223372036854775808]");
  CHECK(list(std::numeric_limits<std::uint64_t>::max()) == "[18446744073709551615]");
  CHECK(list(false) == "[false]");
}

TEST_CASE("strings are escaped where JSON wants it, and in ASCII all else too") {
  const struct {
    std::string text;
    std::string literal;
    std::string ascii;
  } cases[] = {
      {"", R"("")", R"("")"},
      {"\"\\/", R"("\"\\/")", R"("\"\\/")"},
      {"\b\f\n\r\t", R"("\b\f\n\r\t")", R"("\b\f\n\r\t")"},
      {std::string("\0\x1f", 2), R"("\u0000\u001f")", R"("\u0000\u001f")"},
      {"\x7f", R"("\u007f")", R"("\u007f")"},
      {"é€", R"("é€")", R"("\u00e9\u20ac")"},
      {"\U0001F600", "\"\U0001F600\"", R"("\ud83d\ude00")"},
      {"\U0010FFFF", R"("\udbff\udfff")", R"("\udbff\udfff")"},
  };
  for (const auto& [text, literal, ascii] : cases) {
    CAPTURE(literal);
    CHECK(json::string_literal(text) == literal);
    CHECK(json::format_ascii_line(json::array({json::Item(text).take()})) == "[" + ascii + "]");
  }
}

TEST_CASE("what would do something to a terminal is escaped") {
  CHECK(json::string_literal("a\x1B[31m\x7F\xC2\x9B") == "\"a\\u001b[31m\\u007f\\u009b\"");
  CHECK(json::string_literal("\xE2\x80\xAE\xE2\x80\xA8\xF3\xA0\x80\x81") == "\"\\u202e\\u2028\\udb40\\udc01\"");
  CHECK(json::string_literal("caf\xC3\xA9 \xF0\x9F\x98\x80") == "\"caf\xC3\xA9 \xF0\x9F\x98\x80\"");
}

TEST_CASE("bytes that are not UTF-8 become one replacement for each start of a rune") {
  const struct {
    std::string text;
    std::string written;  // '?' stands for U+FFFD
  } cases[] = {
      {"\xFF", "?"},
      {"a\x80\x80z", "a??z"},
      {"\xC0\xAF", "??"},               // overlong
      {"\xE2\x82", "?"},                // cut off
      {"\xE2\x82z", "?z"},              // left for a letter
      {"\xE2\xE2\x82\xAC", "?\u20ac"},  // left for a rune
      {"\xE0\x80\x80", "???"},          // overlong
      {"\xED\xA0\x80", "???"},          // a surrogate
      {"\xF0\x9F\x98", "?"},
      {"\xF0\x9F\x98\"", "?\\\""},
      {"\xF0\x80\x80\x80", "????"},
      {"\xF4\x90\x80\x80", "????"},  // beyond U+10FFFF
      {"\xF5\x80", "??"},
  };
  for (const auto& [text, written] : cases) {
    CAPTURE(written);
    std::string expected;
    for (const char c : written) expected += c == '?' ? "\xEF\xBF\xBD" : std::string(1, c);
    CHECK(json::string_literal(text) == "\"" + expected + "\"");
  }
}

TEST_CASE("keys are strings like any other") {
  CHECK(json::format_line(json::object({{"a\"\xFF", 1}})) == "{\"a\\\"\xEF\xBF\xBD\":1}");
}

}  // namespace
}  // namespace modtool
