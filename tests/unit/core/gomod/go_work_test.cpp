#include "core/gomod/go_work.hpp"

#include <doctest/doctest.h>

#include "tests/support/check.hpp"

namespace modtool::gomod {
namespace {

TEST_CASE("every directive of go.work is read") {
  const auto work = REQUIRE_OK(parse_go_work(
      "go 1.21\ntoolchain go1.22.0\nuse ./a\nuse (\n\t\"./b c\"\n)\nreplace x v1 => ../x\ngodebug a=b\n", "go.work"));
  CHECK(work.go == "1.21");
  CHECK(work.toolchain == "go1.22.0");
  REQUIRE(work.use.size() == 2);
  CHECK(work.use[1].directory == "./b c");
  CHECK(work.use[1].where == Where{"go.work", 5, 2});
  REQUIRE(work.replace.size() == 1);
  CHECK(work.replace[0].from.version == "v1.0.0");
  CHECK(work.godebug.size() == 1);
}

TEST_CASE("every problem of go.work is told in Go's words") {
  const auto result = parse_go_work("go 1.21\ngo 1.22\nmodule m\nuse a b\nrequire (\n)\ntoolchain 1\n", "../go.work");
  REQUIRE_FALSE(result.has_value());
  CHECK(test::whole_text(result.error()) ==
        "errors parsing go.work:\n"
        "../go.work:2: repeated go statement\n"
        "../go.work:3: unknown directive: module\n"
        "../go.work:4: usage: use local/dir\n"
        "../go.work:5: unknown block type: require\n"
        "../go.work:7: invalid toolchain version '1': must match format go1.23.0 or default");
  CHECK_ERROR(parse_go_work("use (\n", "go.work"), Code::kGoModSyntax,
              "go.work:2: syntax error (unterminated block started at go.work:1:1)");
}

}  // namespace
}  // namespace modtool::gomod
