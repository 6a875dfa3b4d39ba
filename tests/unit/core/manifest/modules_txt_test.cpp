#include "core/manifest/modules_txt.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::manifest {
namespace {

constexpr std::string_view kFile = R"(## workspace
# example.com/a v1.0.0
## explicit; go 1.20
example.com/a
example.com/a/b
# example.com/c v2.0.0+incompatible => example.com/fork v2.0.1
## explicit
example.com/c
# example.com/d v0.1.0 => ../my directory
## go 1.17
example.com/d/e
# example.com/old v1.0.0
example.com/old
# example.com/x => ./x
# example.com/y v1.0.0 => example.com/z v1.0.0
)";

TEST_CASE("modules.txt is read into modules, packages and unused replacements") {
  const auto index = REQUIRE_OK(parse_modules_txt(kFile, "vendor/modules.txt"));
  CHECK(index.workspace);
  REQUIRE(index.modules.size() == 4);
  const auto& a = index.modules[0];
  CHECK(module::to_string(a.module) == "example.com/a@v1.0.0");
  CHECK(a.is_explicit);
  CHECK(a.go == "1.20");
  CHECK(a.packages == std::vector<std::string>{"example.com/a", "example.com/a/b"});
  CHECK(a.line == 2);
  CHECK(module::to_string(index.modules[1].replacement) == "example.com/fork@v2.0.1");
  CHECK(index.modules[1].go.empty());
  CHECK(index.modules[2].replacement.path == "../my directory");
  CHECK_FALSE(index.modules[2].is_explicit);
  CHECK_FALSE(index.modules[3].is_explicit);
  REQUIRE(index.unused_replacements.size() == 2);
  CHECK(module::to_string(index.unused_replacements[0].module) == "example.com/x");
  CHECK(module::to_string(index.unused_replacements[1].replacement) == "example.com/z@v1.0.0");
}

TEST_CASE("modules.txt is written as it was read") {
  CHECK(format_modules_txt(REQUIRE_OK(parse_modules_txt(kFile, "m"))) == kFile);
  CHECK(format_modules_txt({}).empty());
}

TEST_CASE("modules.txt with CRLF line ends reads the same") {
  std::string crlf;
  for (const char c : kFile) crlf += c == '\n' ? std::string("\r\n") : std::string(1, c);
  CHECK(format_modules_txt(REQUIRE_OK(parse_modules_txt(crlf, "m"))) == kFile);
}

TEST_CASE("every problem of modules.txt is told with its line") {
  struct Case {
    const char* name;
    std::string_view text;
    std::string_view problem;
  };
  const std::vector<Case> cases = {
      {"a package before any module", "example.com/a\n", "m:1: package without a module"},
      {"an annotation before any module", "## explicit\n", "m:1: annotation without a module"},
      {"workspace not first", "# a v1.0.0\n## workspace\n", "m:2: unknown annotation \"workspace\""},
      {"no version", "# example.com/a\n", "m:1: malformed module line"},
      {"not a version", "# example.com/a one\n", "m:1: malformed module line"},
      {"nothing after the arrow", "# example.com/a v1.0.0 => \n", "m:1: malformed module line"},
      {"nothing before the arrow", "#  => b\n", "m:1: malformed module line"},
      {"a strange annotation", "# a v1.0.0\n## implicit\n", "m:2: unknown annotation \"implicit\""},
      {"a late annotation", "# a v1.0.0\na\n## explicit\n", "m:3: annotation after a package"},
      {"garbage", "# a v1.0.0\na b\n", "m:2: malformed import path \"a b\": invalid char ' '"},
      {"a blank line", "# a v1.0.0\n\n", "m:2: malformed import path \"\": empty string"},
  };
  for (const auto& c : cases) {
    CAPTURE(c.name);
    CHECK_ERROR(parse_modules_txt(c.text, "m"), Code::kModulesTxtSyntax, c.problem);
  }
  const auto both = parse_modules_txt("x y\nx z\n", "m");
  REQUIRE_FALSE(both.has_value());
  CHECK(both.error().problems.size() == 2);
}

TEST_CASE("a merge conflict in modules.txt is named as one") {
  CHECK_ERROR(parse_modules_txt("# a v1.0.0\n<<<<<<< HEAD\na\n=======\n>>>>>>> x\n", "m"), Code::kConflictMarker,
              "m:2: the file holds a merge conflict");
}

}  // namespace
}  // namespace modtool::manifest
