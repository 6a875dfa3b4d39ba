#include "core/patch/line_diff.hpp"

#include <string>

#include "tests/support/check.hpp"

namespace modtool::patch {
namespace {

// "3: a → b", "3: + a" for an absent line, "3: - a" for an unexpected one; in the order of the actual text.
std::string text_of(std::string_view expected, std::string_view actual) {
  std::string text;
  for (const auto& d : diff_lines(expected, actual)) {
    text += std::to_string(d.line) + ": ";
    if (d.is_absent) text += "+ " + std::string(d.expected);
    if (d.is_unexpected) text += "- " + std::string(d.actual);
    if (!d.is_absent && !d.is_unexpected) text += std::string(d.actual) + " -> " + std::string(d.expected);
    text += "\n";
  }
  return text;
}

TEST_CASE("lines that differ are told with the number they have in the actual text") {
  struct Case {
    std::string name;
    std::string expected;
    std::string actual;
    std::string difference;
  };
  const Case cases[] = {
      {"equal", "a\nb\n", "a\nb\n", ""},
      {"both empty", "", "", ""},
      {"wrong", "a\nb\nc\n", "a\nx\nc\n", "2: x -> b\n"},
      {"missing", "a\nb\nc\n", "a\nc\n", "2: + b\n"},
      {"missing at the end", "a\nb\n", "a\n", "2: + b\n"},
      {"unexpected", "a\nc\n", "a\nb\nc\n", "2: - b\n"},
      {"moved", "a\nb\nc\nd\n", "a\nc\nd\nb\n", "2: + b\n4: - b\n"},
      {"two places", "a\nb\nc\nd\n", "x\nb\nc\ny\n", "1: x -> a\n4: y -> d\n"},
      {"more for fewer", "a\nb\n", "a\nx\ny\n", "2: x -> b\n3: - y\n"},
      {"no line feed at the end", "a\nb\n", "a\nb", "3: + \n"},
      {"nothing there", "a\n", "", "1: + a\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(text_of(c.expected, c.actual) == c.difference);
  }
}

TEST_CASE("long texts with nothing in common are told line by line without aligning them") {
  std::string expected;
  std::string actual;
  for (int i = 0; i < 5000; ++i) {
    expected += "e" + std::to_string(i) + "\n";
    actual += "a" + std::to_string(i) + "\n";
  }
  CHECK(diff_lines(expected, actual).size() == 5000);
}

TEST_CASE("only line ends differ where changing them all gives the hash") {
  const auto unix_hash = sha256("a\nb\n");
  CHECK(differs_in_line_ends("a\r\nb\r\n", unix_hash));
  CHECK(differs_in_line_ends("a\r\nb\n", unix_hash));
  CHECK(differs_in_line_ends("a\nb\n", sha256("a\r\nb\r\n")));
  CHECK(!differs_in_line_ends("a\r\nc\r\n", unix_hash));
  CHECK(!differs_in_line_ends("a\rb\r", unix_hash));
}

}  // namespace
}  // namespace modtool::patch
