#include "core/packages/go_usage.hpp"

#include <set>

#include "tests/unit/core/packages/go_project.hpp"

using namespace modtool;
using namespace modtool::packages;
using namespace modtool::packages::test;

namespace {

constexpr const char* kUse = "package main\nimport _ \"example.com/a/p\"\n";
constexpr const char* kEmbed = "package p\nimport _ \"embed\"\n";

GoProject project_with(Files files, std::string go = "1.26") {
  return {.go = std::move(go), .main = {{"main.go", kUse}}, .modules = {{"example.com/a@v1.0.0", std::move(files)}}};
}

Names vendored(Files files, std::string go = "1.26") {
  return files_of(REQUIRE_OK(analyse(project_with(std::move(files), std::move(go)))), "example.com/a@v1.0.0");
}

}  // namespace

TEST_CASE("a package's directory is vendored less tests, ignored files, go.mod and go.sum") {
  const Files files = {
      {"p/a.go", "package p\n"},
      {"p/a_test.go", "package p\n"},
      {"p/a_windows.go", "package p\n"},
      {"p/gen.go", "//go:build ignore\n\npackage main\n"},
      {"p/old.go", "// +build ignore\n\npackage main\n"},
      {"p/_under.go", "package p\n"},
      {"p/_gen.go", "//go:build ignore\n\npackage p\n"},
      {"p/.hidden.go", "package p\n"},
      {"p/a.s", ""},
      {"p/a.c", ""},
      {"p/README.md", ""},
      {"p/.gitignore", ""},
      {"p/go.mod", "module x\n"},
      {"p/go.sum", ""},
      {"p/q/b.go", "package q\n"},
      {"p/testdata/x", ""},
  };
  // A go.mod there would make it a nested module, so that no package is found: only its own directory may have one.
  Files in_root;
  for (const auto& [name, bytes] : files) in_root[name.substr(2)] = bytes;
  GoProject project{.main = {{"main.go", "package main\nimport _ \"example.com/a\"\n"}},
                    .modules = {{"example.com/a@v1.0.0", in_root}}};
  const Names kept = {".gitignore", ".hidden.go", "README.md", "_under.go", "a.c", "a.go", "a.s", "a_windows.go"};
  CHECK(files_of(REQUIRE_OK(analyse(project)), "example.com/a@v1.0.0") == kept);
  project.go = "1.16";
  Names with_go_mod = kept;
  with_go_mod.insert(with_go_mod.end(), {"go.mod", "go.sum"});
  CHECK(files_of(REQUIRE_OK(analyse(project)), "example.com/a@v1.0.0") == with_go_mod);
}

TEST_CASE("licences and their like are vendored from the package's directory up to the module's root") {
  const Names names = vendored({
      {"LICENSE", ""},
      {"LICENSE.d/x", ""},
      {"COPYING.txt", ""},
      {"license", ""},
      {"README", ""},
      {"NOTICE_test.go", "package a\n"},
      {"p/LICENSE_test.go", "package p\n"},
      {"p/p.go", "package p\nimport _ \"example.com/a/p/q/r/s\"\n"},
      {"p/q/PATENTS", ""},
      {"p/q/r/AUTHORS", ""},
      {"p/q/r/LEGAL_test.go", "package r\n"},
      {"p/q/r/x.c", ""},
      {"p/q/r/s/s.go", "package s\n"},
      {"q/LICENSE", ""},
  });
  CHECK(names == Names{"COPYING.txt", "LICENSE", "NOTICE_test.go", "p/p.go", "p/q/PATENTS", "p/q/r/AUTHORS",
                       "p/q/r/LEGAL_test.go", "p/q/r/s/s.go"});
}

TEST_CASE("embedded files are vendored, those that ignored files embed included") {
  const Files files = {
      {"p/p.go", std::string(kEmbed) + "//go:embed a.txt all:d\nvar x string\n"},
      {"p/gen.go", "//go:build ignore\n\npackage main\nimport _ \"embed\"\n//go:embed e/gen.txt\nvar x string\n"},
      {"p/_u.go", std::string(kEmbed) + "//go:embed none\nvar x string\n"},
      {"p/doc.go", "package documentation\nimport _ \"embed\"\n//go:embed none\nvar x string\n"},
      {"p/p_test.go", std::string(kEmbed) + "//go:embed e/test.txt\nvar x string\n"},
      {"p/a.txt", ""},
      {"p/d/.h", ""},
      {"p/d/x_test.go", ""},
      {"p/e/gen.txt", ""},
      {"p/e/test.txt", ""},
  };
  // The first file's package is another one's, so Go looks no further for mistakes.
  Names expected = {"p/_u.go", "p/a.txt", "p/d/.h", "p/d/x_test.go", "p/doc.go", "p/e/gen.txt", "p/p.go"};
  CHECK(vendored(files) == expected);
  expected.insert(expected.begin() + 6, "p/e/test.txt");
  CHECK(vendored(files, "1.21") == expected);
}

TEST_CASE("an embed pattern that fails is an error, which -e lets pass") {
  GoProject project = project_with({{"p/p.go", std::string(kEmbed) + "//go:embed none.txt\nvar x string\n"}});
  const std::string message = "resolving embeds in example.com/a/p: pattern none.txt: no matching files found";
  CHECK_ERROR(analyse(project), Code::kEmbed, message);
  project.allow_errors = true;
  const auto usage = REQUIRE_OK(analyse(project));
  REQUIRE(usage.errors.size() == 1);
  CHECK(to_line(usage.errors[0]) == message);
  CHECK(files_of(usage, "example.com/a@v1.0.0") == Names{"p/p.go"});
}

TEST_CASE("a dependency's file that cannot be parsed is an error with its place") {
  struct Row {
    std::string_view source;
    std::string_view message;
  };
  constexpr Row kRows[] = {
      {"package p\n\nimport \"fmt\n", "/cache/example.com/a@v1.0.0/p/b.go:3:8: string literal not terminated"},
      {"//go:build a b\n\npackage p\n", "b.go: parsing //go:build line: unexpected token b"},
      {"//go:build a\n//go:build b\n\npackage p\n", "b.go: multiple //go:build comments"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.source);
    const Files files = {{"p/a.go", "package p\n"}, {"p/b.go", std::string(row.source)}};
    CHECK_ERROR(analyse(project_with(files)), Code::kGoSourceSyntax,
                "internal error: failed to find embedded files of example.com/a/p: " + std::string(row.message));
  }
}

TEST_CASE("a NUL byte is an error with the chain of imports") {
  using namespace std::string_literals;
  CHECK_ERROR(analyse(project_with({{"p/p.go", "package p\n\0"s}})), Code::kGoSourceSyntax,
              "example.com/m imports\n\texample.com/a/p: reading p/p.go: unexpected NUL in input");
}

TEST_CASE("modules whose paths differ in case only are refused") {
  const GoProject project{
      .main = {{"main.go", "package m\nimport _ \"example.com/a\"\nimport _ \"example.com/A\"\n"}},
      .modules = {{"example.com/a@v1.0.0", {{"a.go", "package a\n"}}},
                  {"example.com/A@v1.0.0", {{"a.go", "package a\n"}}}},
  };
  CHECK_ERROR(analyse(project), Code::kImportCollision,
              "go.mod: case-insensitive import collision: \"example.com/A\" and \"example.com/a\"");
}

TEST_CASE("of a dependency only what matters is read: no tests, no files beside packages") {
  const GoProject project = project_with({
      {"go.mod", "module example.com/a\n"},
      {"LICENSE", ""},
      {"a.go", "package a\n"},
      {"p/a.go", "package p\n"},
      {"p/a_test.go", "package p\nimport _ \"embed\"\n"},
      {"p/gen.go", "//go:build ignore\n\npackage p\n"},
      {"p/_x.go", "package p\n"},
      {"p/x.txt", ""},
      {"p/tests/x_test.go", "package p\n"},
  });
  GoProjectRun run(project);
  REQUIRE_OK(run.analyse());
  CHECK(run.recorded("example.com/a@v1.0.0").read_names() == Names{"p/_x.go", "p/a.go", "p/gen.go"});
}

TEST_CASE("a package that has tests only is one, and its tests are read to tell") {
  GoProject project = project_with({{"p/a_test.go", "package p\n"}, {"LICENSE", ""}});
  GoProjectRun run(project);
  const auto usage = REQUIRE_OK(run.analyse());
  CHECK(files_of(usage, "example.com/a@v1.0.0") == Names{"LICENSE"});
  CHECK(usage.modules[0].directories == Names{"p"});
  CHECK(run.recorded("example.com/a@v1.0.0").read_names() == Names{"p/a_test.go"});
  project.modules["example.com/a@v1.0.0"]["p/a_test.go"] = "//go:build ignore\n\npackage p\n";
  CHECK_ERROR(analyse(project), Code::kMissingPackage, "no Go source files");
}

TEST_CASE("a second run needs no more bytes than the vendored files and what the first run read") {
  const GoProject project = project_with({
      {"LICENSE", ""},
      {"a.go", "package a\n"},
      {"p/a.go", std::string(kEmbed) + "//go:embed d\nvar x string\n"},
      {"p/a_test.go", "package p\n"},
      {"p/gen.go", "//go:build ignore\n\npackage p\n"},
      {"p/_gen.go", "//go:build ignore\n\npackage p\n"},
      {"p/d/x.txt", ""},
  });
  GoProjectRun run(project);
  const std::string module = "example.com/a@v1.0.0";
  const auto first = REQUIRE_OK(run.analyse());
  const Names read = run.recorded(module).read_names();
  std::set<std::string> kept(read.begin(), read.end());
  for (const auto& name : files_of(first, module)) kept.insert(name);
  run.recorded(module).keep_only(kept);
  const auto second = REQUIRE_OK(run.analyse());
  CHECK(packages_of(second) == packages_of(first));
  CHECK(files_of(second, module) == files_of(first, module));
  CHECK(run.recorded(module).read_names() == read);
}

TEST_CASE("the files of given packages are those that the analysis gives, imported or not") {
  const GoProject project = project_with({
      {"LICENSE", ""},
      {"p/p.go", std::string(kEmbed) + "//go:embed x.txt\nvar x string\n"},
      {"p/x.txt", ""},
      {"q/q.go", "package q\n"},
      {"none/x.txt", ""},
      {"bad/x.go", std::string(kEmbed) + "//go:embed none\nvar x string\n"},
  });
  GoProjectRun run(project);
  const auto analysis = run.make_analysis();
  const module::ModuleVersion module{"example.com/a", "v1.0.0"};
  const auto& tree = run.recorded("example.com/a@v1.0.0");
  const auto all = REQUIRE_OK(run.analyse());
  const auto same = REQUIRE_OK(analysis->select(run, module, {"example.com/a/p"}, tree));
  CHECK(same.files == all.modules[0].files);
  CHECK(same.packages == all.modules[0].packages);
  CHECK(same.directories == all.modules[0].directories);
  const auto both = REQUIRE_OK(analysis->select(run, module, {"example.com/a/p", "example.com/a/q"}, tree));
  CHECK(both.files == Names{"LICENSE", "p/p.go", "p/x.txt", "q/q.go"});
  CHECK(both.directories == Names{"p", "q"});
  for (const std::string package : {"example.com/a/none", "example.com/a/absent", "example.com/b", "example.com/a"}) {
    CHECK_ERROR(analysis->select(run, module, {package}, tree), Code::kMissingPackage,
                "module example.com/a@v1.0.0 does not contain package " + package);
  }
  CHECK_ERROR(analysis->select(run, module, {"example.com/a/bad"}, tree), Code::kEmbed, "no matching files found");
}

TEST_CASE("an error of the file system or of a tree ends the analysis") {
  GoProject project = project_with({{"p/p.go", "package p\n"}});
  GoProjectRun run(project);
  run.recorded("example.com/a@v1.0.0").keep_only({});
  CHECK_ERROR(run.analyse(), Code::kUnproven, "example.com/m imports\n\texample.com/a/p: no bytes of p/p.go");
}
