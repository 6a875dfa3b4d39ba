#include "core/packages/package_loader.hpp"

#include <algorithm>

#include "tests/unit/core/packages/go_project.hpp"

using namespace modtool;
using namespace modtool::packages;
using namespace modtool::packages::test;

namespace {

// A Go file that imports these paths.
std::string importing(const Names& paths, const std::string& package = "p") {
  std::string text = "package " + package + "\n";
  for (const auto& path : paths) text += "import _ \"" + path + "\"\n";
  return text;
}

Names errors_of(const Result<manifest::Usage>& usage) {
  Names lines;
  if (!usage) {
    if (usage.error().problems.empty()) return {to_line(usage.error())};
    for (const auto& problem : usage.error().problems) lines.push_back(to_line(problem));
  } else {
    for (const auto& error : usage->errors) lines.push_back(to_line(error));
  }
  return lines;
}

}  // namespace

TEST_CASE("the packages of the main module, its tests and its tools lead to those that are used") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/a", "fmt", "C", "appengine", "appengine/x"})},
               {"main_test.go", importing({"example.com/a/t"})},
               {"sub/x_test.go", importing({"example.com/a/xt"}, "sub_test")},
               {"sub/y_windows.go", importing({"example.com/a/w"})},
               {"sub/y.go", "//go:build ignore\n\npackage y\nimport _ \"example.com/a/no\"\n"}},
      .modules = {{"example.com/a@v1.0.0",
                   {{"a.go", importing({"example.com/b"})},
                    {"a_test.go", importing({"example.com/b/no"})},
                    {"t/t.go", importing({})},
                    {"w/t.go", importing({})},
                    {"xt/t.go", importing({})},
                    {"no/t.go", importing({})}}},
                  {"example.com/b@v1.1.0",
                   {{"b.go", importing({"example.com/m/sub", "unsafe"})},
                    {"no/b.go", importing({})},
                    {"tool/b.go", importing({"example.com/b/lib"}, "main")},
                    {"lib/b.go", importing({})}}},
                  {"example.com/unused@v1.1.0", {{"b.go", importing({})}}}},
      .tools = {"example.com/b/tool", "cmd/vet"},
  };
  GoProjectRun run(project);
  const auto usage = REQUIRE_OK(run.analyse());
  CHECK(packages_of(usage) == Names{"example.com/a", "example.com/a/t", "example.com/a/w", "example.com/a/xt",
                                    "example.com/b", "example.com/b/lib", "example.com/b/tool"});
  REQUIRE(usage.modules.size() == 2);
  CHECK(to_string(usage.modules[0].module) == "example.com/a@v1.0.0");
  CHECK(usage.modules[0].directories == Names{"", "t", "w", "xt"});
  CHECK(usage.errors.empty());
  CHECK(run.build_lists_asked() == 0);
}

TEST_CASE("the walk over the main module passes over what Go passes over") {
  const GoProject project{
      .main = {{"testdata/x.go", importing({"example.com/no"})},
               {"_x/x.go", importing({"example.com/no"})},
               {".x/x.go", importing({"example.com/no"})},
               {"vendor/example.com/x/x.go", importing({"example.com/no"})},
               {"nested/go.mod", "module nested\n"},
               {"nested/x.go", importing({"example.com/no"})},
               {"a/_x.go", importing({"example.com/no"})},
               {"a/.x.go", importing({"example.com/no"})},
               {"skipped/x.go", importing({"example.com/no"})},
               {"b/skipped/x.go", importing({"example.com/a/1"})},
               {"b/gen/x.go", importing({"example.com/no"})},
               {"b/c/gen/deep/x.go", importing({"example.com/no"})},
               {"b/general/x.go", importing({"example.com/a/2"})},
               {"c/vendor/x.go", importing({"example.com/a/3"})}},
      .modules = {{"example.com/a@v1.0.0",
                   {{"1/a.go", importing({})}, {"2/a.go", importing({})}, {"3/a.go", importing({})}}}},
      .ignore = {"./skipped", "gen"},
  };
  const auto usage = REQUIRE_OK(analyse(project));
  CHECK(packages_of(usage) == Names{"example.com/a/1", "example.com/a/2", "example.com/a/3"});
}

TEST_CASE("a package of the main module that the walk passes over counts once it is imported, with its tests") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/m/testdata/x"})},
               {"testdata/x/x.go", importing({"example.com/a"})},
               {"testdata/x/x_test.go", importing({"example.com/a/t"})}},
      .modules = {{"example.com/a@v1.0.0", {{"a.go", importing({})}, {"t/a.go", importing({})}}}},
  };
  CHECK(packages_of(REQUIRE_OK(analyse(project))) == Names{"example.com/a", "example.com/a/t"});
}

TEST_CASE("imports that lead nowhere are named with the chain that leads to them, in Go's words") {
  const GoProject project{
      .main = {{"main.go", importing({"./rel", "/abs", "all", "example.com/a/none", "example.com/a@v1", "example.com/b",
                                      "example.com/ign", "example.com/m/none", "nostd/x", "x.com//y"},
                                     "main")},
               {"main_test.go", importing({"example.com/c"})}},
      .modules = {{"example.com/a@v1.0.0", {{"a.go", importing({})}}},
                  {"example.com/ign@v1.0.0", {{"a.go", "//go:build ignore\n\npackage x\n"}}},
                  {"example.com/b@v1.0.0", {{"a.go", importing({"example.com/d"})}}}},
  };
  const Names expected = {
      "example.com/m imports\n\t./rel: \"./rel\" is relative, but relative import paths are not supported in module "
      "mode",
      "example.com/m imports\n\t/abs: \"/abs\" is not a package path; see 'go help packages'",
      "example.com/m imports\n\tall: \"all\" is not an importable package; see 'go help packages'",
      "example.com/m imports\n\texample.com/a/none: no required module provides package example.com/a/none; to add "
      "it:\n\tgo get example.com/a/none",
      "example.com/m imports\n\texample.com/a@v1: import path \"example.com/a@v1\" should not have @version",
      "example.com/m imports\n\texample.com/ign: no Go source files",
      "example.com/m imports\n\texample.com/m/none: no required module provides package example.com/m/none; to add "
      "it:\n\tgo get example.com/m/none",
      "example.com/m imports\n\tx.com//y: malformed import path \"x.com//y\": double slash",
      "example.com/m imports\n\texample.com/b imports\n\texample.com/d: no required module provides package "
      "example.com/d; to add it:\n\tgo get example.com/d",
      "example.com/m tested by\n\texample.com/m.test imports\n\texample.com/c: no required module provides package "
      "example.com/c; to add it:\n\tgo get example.com/c",
  };
  CHECK(errors_of(analyse(project)) == expected);
  auto with_errors = project;
  with_errors.allow_errors = true;
  const auto usage = analyse(with_errors);
  CHECK(errors_of(usage) == expected);
  CHECK(packages_of(REQUIRE_OK(usage)) == Names{"example.com/b", "example.com/ign"});
  with_errors.explicit_mode = "readonly";
  CHECK(errors_of(analyse(with_errors))[3] ==
        "example.com/m imports\n\texample.com/a/none: cannot find module providing package example.com/a/none: import "
        "lookup disabled by -mod=readonly");
}

TEST_CASE("an import of a standard library that is not there is no error") {
  GoProjectRun run({.main = {{"main.go", importing({"nostd/x", "fmt/none"})}}, .modules = {}});
  CHECK(REQUIRE_OK(run.analyse()).modules.empty());
  CHECK(run.build_lists_asked() == 1);
}

TEST_CASE("two modules with one package are named from the shortest path to the longest") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/a/b/c", "fmt"})}},
      .modules = {{"example.com/a@v1.0.0", {{"b/c/x.go", importing({})}}},
                  {"example.com/a/b@v2.0.0", {{"c/x.go", importing({})}}},
                  {"fmt@v1.0.0", {{"x.go", importing({})}}}},
  };
  CHECK(
      errors_of(analyse(project)) ==
      Names{"example.com/m imports\n\texample.com/a/b/c: ambiguous import: found package example.com/a/b/c in multiple "
            "modules:\n\texample.com/a v1.0.0 (/cache/example.com/a@v1.0.0/b/c)\n\texample.com/a/b v2.0.0 "
            "(/cache/example.com/a/b@v2.0.0/c)",
            "example.com/m imports\n\tfmt: ambiguous import: found package fmt in multiple modules:\n\tfmt v1.0.0 "
            "(/cache/fmt@v1.0.0)\n\tstd"});
}

TEST_CASE("several main modules give their packages to each other, and nothing of them is vendored") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/n/x"})}},
      .modules = {{"example.com/a@v1.0.0", {{"x.go", importing({})}}}},
      .also_main = {{"n", {{"go.mod", "module example.com/n\n"}, {"x/x.go", importing({"example.com/a"})}}}},
  };
  const auto usage = REQUIRE_OK(analyse(project));
  CHECK(packages_of(usage) == Names{"example.com/a"});
}

TEST_CASE("a nested module hides its directories from the module around it") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/a/n/x", "example.com/m/n/x"})},
               {"n/go.mod", "module example.com/m/n\n"},
               {"n/x/x.go", importing({})}},
      .modules = {{"example.com/a@v1.0.0", {{"n/go.mod", ""}, {"n/x/x.go", importing({})}}},
                  {"example.com/m/n@v1.0.0", {{"x/x.go", importing({})}}}},
  };
  const auto usage = analyse(project);
  REQUIRE(errors_of(usage).size() == 1);
  CHECK(errors_of(usage)[0].contains("no required module provides package example.com/a/n/x"));
}

TEST_CASE("what go.sum lacks is named with the command that adds it") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/a"})}, {"main_test.go", importing({"example.com/c/d"})}},
      .modules = {{"example.com/a@v1.0.0", {{"x.go", importing({"example.com/b/x"})}}},
                  {"example.com/b@v1.0.0", {{"x/x.go", importing({})}}},
                  {"example.com/b/x@v1.0.0", {{"x.go", importing({})}}},
                  {"example.com/c@v1.0.0", {{"x.go", importing({})}}}},
      .unsummed = {"example.com/b/x@v1.0.0", "example.com/c@v1.0.0"},
      .tools = {"example.com/c"},
  };
  CHECK(
      errors_of(analyse(project)) ==
      Names{"example.com/c: missing go.sum entry for module providing package example.com/c; to add:\n\tgo mod "
            "download example.com/c",
            "example.com/m imports\n\texample.com/a imports\n\texample.com/b/x: missing go.sum entry needed to verify "
            "package example.com/b/x (imported by example.com/a) is provided by exactly one module; to add:\n\tgo get "
            "example.com/a@v1.0.0",
            "example.com/m tested by\n\texample.com/m.test imports\n\texample.com/c/d: missing go.sum entry for module "
            "providing package example.com/c/d (imported by example.com/m); to add:\n\tgo get -t example.com/m"});
}

TEST_CASE("with pruning a package must come from a root") {
  GoProject project{
      .main = {{"main.go", importing({"example.com/a"})}},
      .modules = {{"example.com/a@v1.0.0", {{"x.go", importing({"example.com/b"})}}},
                  {"example.com/b@v1.0.0", {{"x.go", importing({})}}}},
      .deep = {"example.com/b@v1.0.0"},
  };
  CHECK_ERROR(analyse(project), Code::kGoModOutOfDate, "updates to go.mod needed; to update it:\n\tgo mod tidy");
  project.main["main.go"] = importing({"example.com/a", "example.com/b"});
  project.allow_errors = true;
  CHECK(
      errors_of(analyse(project)) ==
      Names{
          "updates to go.mod needed; to update it:\n\tgo mod tidy",
          "example.com/m: package example.com/m imports example.com/b from implicitly required module; to add missing "
          "requirements, run:\n\tgo get example.com/b@v1.0.0"});
  project.explicit_mode = "readonly";
  CHECK(errors_of(analyse(project))[0].contains("updates to go.mod needed, disabled by -mod=readonly; to update it"));
}

TEST_CASE("before go 1.17 only what the main module itself imports must come from a root") {
  GoProject project{
      .go = "1.16",
      .main = {{"main.go", importing({"example.com/a"})}},
      .modules = {{"example.com/a@v1.0.0", {{"x.go", importing({"example.com/b"})}}},
                  {"example.com/b@v1.0.0", {{"x.go", importing({})}}}},
      .deep = {"example.com/b@v1.0.0"},
  };
  CHECK(packages_of(REQUIRE_OK(analyse(project))) == Names{"example.com/a", "example.com/b"});
  project.main["main.go"] = importing({"example.com/b"});
  CHECK_ERROR(analyse(project), Code::kGoModOutOfDate, "from implicitly required module");
}

TEST_CASE("roots that are not the selected versions are out of date") {
  SUBCASE("because a module that provides a package asks for more") {
    GoProject project{
        .main = {{"main.go", importing({"example.com/a"})}},
        .modules = {{"example.com/a@v1.0.0", {{"x.go", importing({})}}},
                    {"example.com/b@v1.0.0", {{"x.go", importing({})}}},
                    {"example.com/b@v1.1.0", {{"x.go", importing({})}}}},
        .requires_ = {{"example.com/a@v1.0.0", {"example.com/b@v1.1.0"}}},
        .deep = {"example.com/b@v1.1.0"},
    };
    GoProjectRun run(project);
    CHECK_ERROR(run.analyse(), Code::kGoModOutOfDate, "updates to go.mod needed");
    CHECK(run.build_lists_asked() == 1);
    project.requires_.clear();
    CHECK(REQUIRE_OK(analyse(project)).modules.size() == 1);
  }
  SUBCASE("because a root stands twice") {
    const GoProject project{
        .main = {{"main.go", importing({"example.com/b"})}},
        .modules = {{"example.com/b@v1.0.0", {{"x.go", importing({})}}},
                    {"example.com/b@v1.1.0", {{"x.go", importing({})}}}},
    };
    CHECK_ERROR(analyse(project), Code::kGoModOutOfDate, "updates to go.mod needed");
  }
}

TEST_CASE("a replaced module that is not required is offered for a missing package") {
  const std::string zero = "v0.0.0-00010101000000-000000000000";
  const GoProject project{
      .main = {{"main.go", importing({"example.com/a", "example.com/a/none", "example.com/b/v2", "foo/x"})}},
      .modules = {{"example.com/a@" + zero, {{"x.go", importing({})}}},
                  {"example.com/b/v2@v2.1.0", {{"x.go", importing({})}}},
                  {"foo@" + zero, {{"x.go", importing({})}}},
                  {"example.com/old@v1.0.0", {{"x.go", importing({})}}}},
      .unlisted = {"example.com/a@" + zero, "example.com/b/v2@v2.1.0", "foo@" + zero},
      .replace = {{.from = {"example.com/a", ""}, .to = {"./a", ""}},
                  {.from = {"example.com/b/v2", "v2.0.0"}, .to = {"./b", ""}},
                  {.from = {"example.com/b/v2", "v2.1.0"}, .to = {"./b", ""}},
                  {.from = {"example.com/old", ""}, .to = {"./old", ""}},
                  {.from = {"foo", ""}, .to = {"./foo", ""}}},
  };
  CHECK(
      errors_of(analyse(project)) ==
      Names{
          "example.com/m imports\n\texample.com/a: module example.com/a provides package example.com/a and is replaced "
          "but not required; to add it:\n\tgo get example.com/a",
          "example.com/m imports\n\texample.com/a/none: no required module provides package example.com/a/none; to "
          "add it:\n\tgo get example.com/a/none",
          "example.com/m imports\n\texample.com/b/v2: module example.com/b/v2 provides package example.com/b/v2 and "
          "is replaced but not required; to add it:\n\tgo get example.com/b/v2@v2.1.0",
          "example.com/m imports\n\tfoo/x: module foo@latest found (" + zero +
              ", replaced by ./foo), but does not contain package foo/x"});
}

TEST_CASE("the order of the threads does not show") {
  GoProject project{.main = {}, .modules = {}};
  for (int i = 0; i < 40; ++i) {
    const std::string number = std::to_string(i);
    project.main["p" + number + "/x.go"] = importing({"example.com/a" + number, "example.com/none" + number});
    project.modules["example.com/a" + number + "@v1.0.0"] = {
        {"x.go", importing({"example.com/a" + std::to_string((i + 7) % 40), "example.com/deep"})}};
  }
  const auto first = errors_of(analyse(project));
  CHECK(first.size() == 41);
  for (int i = 0; i < 5; ++i) CHECK(errors_of(GoProjectRun(project, i + 1).analyse()) == first);
}

TEST_CASE("a module is imported by a shortest chain from a package that nothing has to import") {
  const GoProject project{
      .main = {{"main.go", importing({"example.com/a", "fmt"})},
               {"sub/x.go", importing({})},
               {"sub/x_test.go", importing({"example.com/t"})}},
      .modules = {{"example.com/a@v1.0.0",
                   {{"a.go", importing({"example.com/a/near", "example.com/b/far"})},
                    {"near/a.go", importing({"example.com/b/near"})}}},
                  {"example.com/b@v1.1.0", {{"far/b.go", importing({})}, {"near/b.go", importing({})}}},
                  {"example.com/t@v1.0.0", {{"t.go", importing({})}}},
                  {"example.com/tool@v1.0.0", {{"cmd/t.go", importing({})}}},
                  {"example.com/unused@v1.1.0", {{"b.go", importing({})}}}},
      .tools = {"example.com/tool/cmd"},
  };
  const auto imports = REQUIRE_OK(GoProjectRun(project).find_imports());
  REQUIRE(imports);
  CHECK(imports->chains == std::map<std::string, manifest::ImportChain>{
                               {"example.com/a", {"example.com/m", "example.com/a"}},
                               {"example.com/b", {"example.com/m", "example.com/a", "example.com/b/far"}},
                               {"example.com/t", {"example.com/m/sub", "example.com/m/sub.test", "example.com/t"}},
                               {"example.com/tool", {"example.com/tool/cmd"}}});
  CHECK_FALSE(imports->gap);
}

TEST_CASE("a package that cannot be read leaves a gap in what is known of imports, and no more") {
  GoProject project{.main = {{"main.go", importing({"example.com/a", "example.com/b", "nonesuch"})}},
                    .modules = {{"example.com/a@v1.0.0", {{"a.go", importing({})}}},
                                {"example.com/b@v1.1.0", {{"b.go", importing({})}}}},
                    .unsummed = {"example.com/a@v1.0.0"}};
  auto imports = REQUIRE_OK(GoProjectRun(project).find_imports());
  REQUIRE(imports);
  CHECK(imports->chains.contains("example.com/b"));
  REQUIRE(imports->gap);
  CHECK(imports->gap->code == Code::kChecksumMissing);
  CHECK(imports->gap->context == Names{"example.com/m imports\n\texample.com/a"});

  project.unsummed.clear();
  imports = REQUIRE_OK(GoProjectRun(project).find_imports());
  CHECK_FALSE(imports->gap);
}
