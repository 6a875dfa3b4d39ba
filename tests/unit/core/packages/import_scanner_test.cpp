#include "core/packages/import_scanner.hpp"

#include <string>
#include <vector>

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::packages;

using Paths = std::vector<std::string>;

TEST_CASE("imports are read in every form Go has") {
  struct Row {
    std::string_view source;
    Paths imports;
  };
  const Row kRows[] = {
      {"package p", {}},
      {"package p\n", {}},
      {"package p; import \"a\"", {"a"}},
      {"package p; import . \"a\"; import _ \"b\"; import c \"d\"; var x = 1", {"a", "b", "d"}},
      {"package p\nimport (\n\t\"a\" // x\n\t_ \"b\"\n\n\tc `d`\n)\nimport ()\nimport(\"e\";\"f\")\nfunc f() {}\n",
       {"a", "b", "d", "e", "f"}},
      {"/* \"x\" */ package /* import \"y\" */ p // import \"z\"\nimport /* x */ a /* y */ \"b\" /* z */\n", {"b"}},
      {"\xEF\xBB\xBFpackage p\nimport \"a\"\n", {"a"}},
      {"package p\r\nimport \"a\"\r\nimport \"b\"\r\n", {"a", "b"}},
      {"package p\n/*\n#include <x.h>\n*/\nimport \"C\"\nimport \"a\"\n", {"C", "a"}},
      {"package \u00e9\nimport \u00fc \"a\"\n", {"a"}},
      {"package p\nimport \"\\x61\"\n", {"a"}},
      {"package p\nvar s = `\nimport \"a\"`\n", {}},
      {"package p\n\nint x\nimport \"a\"\n", {}},
      {"package p; import \"a\"; // x\n/* y\n*/ import \"b\"", {"a", "b"}},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.source);
    const auto header = REQUIRE_OK(scan_header(row.source));
    CHECK(header.imports == row.imports);
    CHECK_MESSAGE(!header.problem, header.problem->message);
  }
}

TEST_CASE("the package's name is read, and the front of the file ends with the imports") {
  const auto header = REQUIRE_OK(scan_header("// Doc\n\npackage maths\n\nimport \"fmt\"\n\nvar x = 1\n"));
  CHECK(header.package_name == "maths");
  CHECK(header.text == "// Doc\n\npackage maths\n\nimport \"fmt\"\n\n");
}

TEST_CASE("a broken front is named as Go's parser names it, and imports before it still count") {
  struct Row {
    std::string_view source;
    std::string_view message;
    int line, column;
    Paths imports;
  };
  const Row kRows[] = {
      {"", "expected 'package', found 'EOF'", 1, 1, {}},
      {"func f() {}", "expected 'package', found 'func'", 1, 1, {}},
      {"\n\n  hello world", "expected 'package', found hello", 3, 3, {}},
      {"<<<<<<< HEAD\npackage p\n", "expected 'package', found '<<'", 1, 1, {}},
      {"#!/bin/sh\n", "illegal character U+0023 '#'", 1, 1, {}},
      {"package", "expected 'IDENT', found 'EOF'", 1, 8, {}},
      {"package 1p\n", "expected 'IDENT', found 1p", 1, 9, {}},
      {"package func\nimport \"a\"\n", "expected 'IDENT', found 'func'", 1, 9, {"a"}},
      {"package p import \"a\"\n", "expected ';', found 'import'", 1, 11, {"a"}},
      {"package p\nimport \"a\" import \"b\"\n", "expected ';', found 'import'", 2, 12, {"a", "b"}},
      {"package p\nimport (\n\"a\" \"b\"\n)\n", "expected ';', found \"b\"", 3, 5, {"a", "b"}},
      {"package p\nimport (\n\"a\"\n", "expected ')', found 'EOF'", 3, 5, {"a"}},
      {"package p\nimport (\n\"a\"\n<<<<<<< HEAD\n\"b\"\n)\n", "missing import path", 4, 1, {"a"}},
      {"package p\nimport x\n", "missing import path", 2, 9, {}},
      {"package p\nimport 5\n", "import path must be a string", 2, 8, {}},
      {"package p\nimport \"a\nimport \"b\"\n", "string literal not terminated", 2, 8, {}},
      {"package p\nimport `a\n", "raw string literal not terminated", 2, 8, {}},
      {"package p\nimport \"\\q\"\nimport \"b\"\n", "unknown escape sequence", 2, 8, {"b"}},
      {"package p\nimport \"a b\"\n", "invalid import path: a b", 2, 8, {"a b"}},
      {"package p\nimport x \"\"\n", "invalid import path: ", 2, 8, {""}},
      {"package p\n/* x\n", "comment not terminated", 2, 1, {}},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.source);
    const auto header = REQUIRE_OK(scan_header(row.source));
    CHECK(header.imports == row.imports);
    REQUIRE(header.problem);
    CHECK(header.problem->code == Code::kGoSourceSyntax);
    CHECK(header.problem->message == row.message);
    CHECK(header.problem->where.line == row.line);
    CHECK(header.problem->where.column == row.column);
  }
}

TEST_CASE("a NUL byte before the end of the imports is refused, one behind it is not seen") {
  using namespace std::string_literals;
  CHECK_ERROR(scan_header("package p\n\0\nimport \"a\"\n"s), Code::kGoSourceSyntax, "unexpected NUL in input");
  CHECK_ERROR(scan_header("package p // \0\n"s), Code::kGoSourceSyntax, "unexpected NUL in input");
  CHECK_ERROR(scan_header("\0"s), Code::kGoSourceSyntax, "unexpected NUL in input");
  CHECK(scan_header("package p\nvar x = 1 \0\n"s).has_value());
}
