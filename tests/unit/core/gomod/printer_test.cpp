#include "core/gomod/printer.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

std::string formatted(std::string_view text) { return format(REQUIRE_OK(parse_syntax(text, {.shown = "go.mod"}))); }

TEST_CASE("go.mod is written in Go's standard style, with its comments and in its order") {
  struct Case {
    const char* name;
    std::string_view text;
    std::string_view written;
  };
  const std::vector<Case> cases = {
      {"nothing", "", ""},
      {"blank lines only", "\n\n\n", ""},
      {"spaces in a line", "module   m   // name\n", "module m // name\n"},
      {"no line end", "module m", "module m\n"},
      {"a blank line between statements", "module m\ngo 1.21\n", "module m\n\ngo 1.21\n"},
      {"one blank line only", "module m\n\n\n\ngo 1.21\n", "module m\n\ngo 1.21\n"},
      {"CRLF", "module m // x\r\n\r\ngo 1.21\r\n", "module m // x\n\ngo 1.21\n"},
      {"comments that stand alone", "// a\n\n// b\nmodule m\n// c\n", "// a\n\n// b\nmodule m\n\n// c\n"},
      {"a block", "require (\na v1\n  b v2 // indirect\n)\n", "require (\n\ta v1\n\tb v2 // indirect\n)\n"},
      {"comments of a block", "require ( // open\n\n// before\na v1 // after\n// last\n\n) // close\n",
       "require ( // open\n\t// before\n\ta v1 // after\n// last\n\n) // close\n"},
      {"blank lines in a block", "require (\n\n\ta v1\n\n\n\tb v1\n\n)\n", "require (\n\ta v1\n\n\tb v1\n)\n"},
      {"empty blocks", "require (\n)\nexclude () // none\n", "require (\n)\n\nexclude (\n) // none\n"},
      {"brackets", "retract [ v1 ,v2]\nfoo (x) ( ) y\n", "retract [v1, v2]\n\nfoo (x) () y\n"},
      {"white space in comments", "// \t x \t \nmodule m //\u00a0y\u00a0\n", "// \t x\nmodule m //\u00a0y\n"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK(formatted(c.text) == c.written);
    CHECK(formatted(c.written) == c.written);
  }
}

TEST_CASE("a tree and its copies keep the text they were made of") {
  SyntaxTree copy;
  {
    auto tree = REQUIRE_OK(parse_syntax(std::string("module example.com/a/rather/long/path\n"), {.shown = "go.mod"}));
    std::get<Line>(tree.statements[0]).tokens[1] = tree.keep("example.com/another/rather/long/path");
    copy = tree;
  }
  CHECK(format(copy) == "module example.com/another/rather/long/path\n");
  CHECK(copy.source() == "module example.com/a/rather/long/path\n");
}

}  // namespace
}  // namespace modtool::gomod
