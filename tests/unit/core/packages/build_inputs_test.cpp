#include "core/packages/build_inputs.hpp"

#include <fmt/ranges.h>

#include "core/module/module_tree.hpp"
#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::packages;

namespace {

using Files = std::map<std::string, std::string>;

// The inputs among all files of a module.
std::string inputs_of(const Files& files) {
  const IndexedTree tree(std::shared_ptr<const module::ModuleTree>(module::make_memory_tree(files)));
  std::vector<std::string> names;
  for (const auto& [name, bytes] : files) names.push_back(name);
  return fmt::format("{}", fmt::join(REQUIRE_OK(find_build_inputs(tree, names)), " "));
}

}  // namespace

TEST_CASE("a package of Go alone is read by its Go files; licences must not go missing either") {
  CHECK(inputs_of({{"a.go", "package a\n"},
                   {".editorconfig", ""},
                   {"Dockerfile", ""},
                   {"LICENSE.txt", ""},
                   {"NOTICE", ""},
                   {"README.md", ""}}) == "LICENSE.txt NOTICE a.go");
}

TEST_CASE("beside another language everything may be read, whatever builds it") {
  for (const auto* foreign : {"x_windows.s", "x.c", "x.h", "x.syso", "x.f90", "x.swigcxx", "x.S"}) {
    CAPTURE(foreign);
    CHECK(inputs_of(
              {{"a.go", "package a\n"}, {foreign, ""}, {"data", ""}, {"sub/a.go", "package b\n"}, {"sub/data", ""}}) ==
          std::string("a.go data sub/a.go ") + foreign);
  }
}

TEST_CASE("so it may beside a Go file that imports C, or cannot be read") {
  CHECK(
      inputs_of({{"a.go", "package a\n"}, {"c.go", "//go:build cgo\n\npackage a\n\nimport \"C\"\n"}, {"d.inc", ""}}) ==
      "a.go c.go d.inc");
  CHECK(inputs_of({{"a.go", "package a\n\nimport (\"C\n"}, {"d.inc", ""}}) == "a.go d.inc");
  CHECK(inputs_of({{"a.go", "pack"}, {"d.inc", ""}}) == "a.go d.inc");
}

TEST_CASE("what is embedded is read, under every constraint and from every depth") {
  CHECK(inputs_of({{"a_windows.go", "package a\n\nimport _ \"embed\"\n\n//go:embed data/x.txt .hidden\nvar x string\n"},
                   {".hidden", ""},
                   {"other", ""},
                   {"data/x.txt", ""},
                   {"data/y.txt", ""}}) == ".hidden a_windows.go data/x.txt");
}

TEST_CASE("where a pattern matches nothing, nobody can say what is read") {
  CHECK(inputs_of({{"a.go", "package a\n\nimport _ \"embed\"\n\n//go:embed gone\nvar x string\n"}, {"data", ""}}) ==
        "a.go data");
}
