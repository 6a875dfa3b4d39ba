#include "core/base/json.hpp"

#include "core/base/json_writer.hpp"
#include "tests/support/check.hpp"

namespace modtool {
namespace {

std::string slice(std::string_view text, const json::Value& value) {
  return std::string(text.substr(value.begin, value.end - value.begin));
}

TEST_CASE("every value knows the bytes it stands in") {
  const std::string text = R"({ "a" : [1, -2.5e3 ,true], /* "x" */ "b\"" : {"c": null}, // "d"
    "e": "f\\" })";
  const auto root = REQUIRE_OK(json::parse(text, "x.json"));
  CHECK(slice(text, root) == text);
  REQUIRE(root.members.size() == 3);
  const auto& list = root.members[0].value;
  CHECK(slice(text, list) == "[1, -2.5e3 ,true]");
  REQUIRE(list.elements.size() == 3);
  CHECK(slice(text, list.elements[0]) == "1");
  CHECK(slice(text, list.elements[1]) == "-2.5e3");
  CHECK(slice(text, list.elements[2]) == "true");
  CHECK(list.elements[2].is_true());

  CHECK(root.members[1].key == "b\"");
  CHECK(text.substr(root.members[1].begin, 5) == R"("b\"")");
  CHECK(slice(text, root.members[1].value) == R"({"c": null})");
  CHECK(root.members[2].value.text == "f\\");
  CHECK(slice(text, root.members[2].value) == R"("f\\")");
}

TEST_CASE("a value alone is a document, whatever it is") {
  const struct {
    std::string_view text;
    json::Kind kind;
    std::string_view value;
  } cases[] = {
      {"12", json::Kind::kNumber, "12"},
      {" \n-0.5 ", json::Kind::kNumber, "-0.5"},
      {"null", json::Kind::kNull, "null"},
      {"\"\"", json::Kind::kString, ""},
      {"\"\\\\\"", json::Kind::kString, "\\"},
      {"[]", json::Kind::kArray, ""},
      {"// c\n{}", json::Kind::kObject, ""},
      {"\"\xC3\xA9\\u00e9\"", json::Kind::kString, "\xC3\xA9\xC3\xA9"},
      {"18446744073709551616", json::Kind::kNumber, "18446744073709551616"},
  };
  for (const auto& [text, kind, value] : cases) {
    CAPTURE(text);
    const auto root = REQUIRE_OK(json::parse(text, "x.json"));
    CHECK(root.kind == kind);
    CHECK(root.text == value);
  }
}

TEST_CASE("a key that stands twice is there twice, and found once") {
  const auto root = REQUIRE_OK(json::parse(R"({"a": 1, "a": 2})", "x.json"));
  CHECK(root.members.size() == 2);
  REQUIRE(json::find(root, "a") != nullptr);
  CHECK(json::find(root, "a")->text == "1");
  CHECK(json::find(root, "b") == nullptr);
  REQUIRE(json::find_last(root, "a") != nullptr);
  CHECK(json::find_last(root, "a")->text == "2");
  CHECK(json::find_last(root, "b") == nullptr);
}

TEST_CASE("comments are passed over, but for who is strict") {
  CHECK(json::parse("[1] // c", "x.json"));
  CHECK(json::parse_strict("[1]", "x.json"));
  CHECK_ERROR(json::parse_strict("[1] // c", "x.json"), Code::kJsonSyntax, "");
}

TEST_CASE("what is not JSON is refused at the byte that does not fit") {
  const struct {
    std::string text;
    int line;
    int column;
    std::string_view says;
  } cases[] = {
      {"", 1, 1, "unexpected end of input"},
      {"{\n  \"a\": 1,\n}", 3, 1, "unexpected '}'"},
      {"{\"a\" 1}", 1, 6, "unexpected number literal"},
      {"[1] 2", 1, 5, "unexpected number literal"},
      {"{\"a\": \"\xFF\"}", 1, 8, "ill-formed UTF-8"},
      {"{\"a\": tru}", 1, 10, "invalid literal"},
      {"/* open", 1, 8, "comment"},
      {std::string(json::kMaxDepth + 1, '['), 1, 65, "nested too deeply"},
  };
  for (const auto& [text, line, column, says] : cases) {
    CAPTURE(text);
    const auto parsed = json::parse(text, "x.json");
    REQUIRE(!parsed);
    CHECK(parsed.error().code == Code::kJsonSyntax);
    CHECK(parsed.error().message.find(says) != std::string::npos);
    CHECK_MESSAGE(to_string(parsed.error().where) == "x.json:" + std::to_string(line) + ":" + std::to_string(column),
                  parsed.error().message);
  }
}

TEST_CASE("a quoted text reads back as itself") {
  for (const std::string text : {"", "a\"b\\c\n\t\x01", "\xC3\xA9\xE2\x98\x83"}) {
    const auto value = REQUIRE_OK(json::parse(json::string_literal(text), "x.json"));
    CHECK(value.text == text);
  }
}

}  // namespace
}  // namespace modtool
