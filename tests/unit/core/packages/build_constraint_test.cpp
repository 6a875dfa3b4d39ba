#include "core/packages/build_constraint.hpp"

#include <string>

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::packages;

TEST_CASE("a go:build line may hold unless only the tag ignore could make it") {
  struct Row {
    std::string_view expression;
    bool holds;
  };
  constexpr Row kRows[] = {
      {"linux", true},
      {"!linux", true},
      {"linux && !linux", true},
      {"ignore", false},
      {"!ignore", true},
      {"ignore || tools", true},
      {"ignore && tools", false},
      {"!(ignore || windows)", true},
      {"!(ignore && windows)", true},
      {"!(!ignore && windows)", true},
      {"!(!ignore)", false},
      {"ignore && (a || b) && !c", false},
      {"\u00e9t\u00e9 && go1.21 && a_b", true},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.expression);
    CHECK(REQUIRE_OK(evaluate_go_build("//go:build " + std::string(row.expression))) == row.holds);
    CHECK(REQUIRE_OK(may_build("//go:build " + std::string(row.expression) + "\n\npackage p\n")) == row.holds);
  }
}

TEST_CASE("a malformed go:build line is refused in Go's words") {
  struct Row {
    std::string_view expression;
    std::string_view message;
  };
  constexpr Row kRows[] = {
      {"", "unexpected end of expression"}, {"a &&", "unexpected end of expression"},
      {"(a", "missing close paren"},        {"(a b)", "missing close paren"},
      {"(", "missing close paren"},         {"a b", "unexpected token b"},
      {"a)", "unexpected token )"},         {"!!a", "double negation not allowed"},
      {"a & b", "invalid syntax at &"},     {"a, b", "invalid syntax at ,"},
      {"a &&& b", "invalid syntax at &"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.expression);
    const std::string line = "//go:build " + std::string(row.expression);
    CHECK_ERROR(evaluate_go_build(line), Code::kGoSourceSyntax, row.message);
    CHECK_ERROR(may_build(line + "\n\npackage p\n"), Code::kGoSourceSyntax,
                "parsing //go:build line: " + std::string(row.message));
  }
}

TEST_CASE("a +build line is an or of ands") {
  struct Row {
    std::string_view line;
    bool holds;
  };
  constexpr Row kRows[] = {
      {"// +build linux darwin", true},
      {"// +build ignore", false},
      {"//+build ignore", false},
      {"// +build ignore linux", true},
      {"// +build ignore,linux", false},
      {"// +build !ignore", true},
      {"// +build", false},
      {"// +build !!linux", false},
      {"// +build !", false},
      {"// +build a-b", false},
      {"// +build !a-b", true},
      {"// +build ,", false},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.line);
    CHECK(REQUIRE_OK(evaluate_plus_build(row.line)) == row.holds);
  }
}

TEST_CASE("a +build line of more than a hundred operators does not count") {
  std::string line = "// +build ignore";
  for (int i = 0; i < 101; ++i) line += ",ignore";
  CHECK_ERROR(evaluate_plus_build(line), Code::kGoSourceSyntax, "too complex");
  CHECK(REQUIRE_OK(may_build(line + "\n\npackage p\n")));
}

TEST_CASE("the place of a constraint decides whether it counts") {
  struct Row {
    std::string_view what;
    std::string_view header;
    bool builds;
  };
  constexpr Row kRows[] = {
      {"at the top", "//go:build ignore\n\npackage p\n", false},
      {"without a blank line after it", "//go:build ignore\npackage p\n", false},
      {"after a line comment", "// Copyright\n\n//go:build ignore\n\npackage p\n", false},
      {"after a block comment", "/* Copyright\n*/\n\n//go:build ignore\n\npackage p\n", false},
      {"inside a block comment", "/*\n//go:build ignore\n*/\n\npackage p\n", true},
      {"behind a block comment on one line", "/* x */ //go:build ignore\n\npackage p\n", true},
      {"after the package clause", "package p\n\n//go:build ignore\n", true},
      {"with carriage returns", "//go:build ignore\r\n\r\npackage p\r\n", false},
      {"with something stuck to it", "//go:buildignore ignore\n\npackage p\n", true},
      {"with a space before it", "// go:build ignore\n\npackage p\n", true},
      {"an old line", "// +build ignore\n\npackage p\n", false},
      {"an old line without a blank line after it", "// +build ignore\npackage p\n", true},
      {"an old line after a block comment", "/* x */\n\n// +build ignore\n\npackage p\n", true},
      {"two old lines are an and", "// +build linux\n// +build ignore\n\npackage p\n", false},
      {"a new line beats an old one", "//go:build linux\n// +build ignore\n\npackage p\n", true},
      {"an old line stuck to a word", "// +buildignore\n\npackage p\n", true},
      {"nothing at all", "", true},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.what);
    CHECK(REQUIRE_OK(may_build(row.header)) == row.builds);
  }
}

TEST_CASE("two go:build lines are refused") {
  CHECK_ERROR(may_build("//go:build a\n//go:build b\n\npackage p\n"), Code::kGoSourceSyntax,
              "multiple //go:build comments");
}
