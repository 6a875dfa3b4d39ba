#include "vendor_tool/run/patched_modules.hpp"

#include "tests/unit/vendor_tool/run/small_project.hpp"

namespace modtool::vendor_tool {
namespace {

using test::kA;
using test::kB;
using test::SmallProject;

TEST_CASE("patches are applied to the trees of modules, and to nothing that a directory stands in for") {
  SmallProject small;
  small.publish("-- f.org/fork@v1.1.0/go.mod --\nmodule f.org/fork\n-- f.org/fork@v1.1.0/b.go --\npackage b\n");
  small.replace(kB, {"f.org/fork", "v1.1.0"});
  small.replace({"l.org/lib", ""}, {"./lib", ""});
  small.disk.add("/p/lib/b.go", "package b\n");
  const auto patch = [](const std::string& line) {
    return REQUIRE_OK(patch::PatchSet::parse(
        {{.name = "mine.patch", .text = "--- a/b.go\n+++ b/b.go\n@@ -1 +1 @@\n-package b\n+" + line + "\n"}}));
  };
  patch::ModulePatches patches;
  patches.add("b.org/b", patch("package replaced"));
  patches.add("f.org/fork", patch("package patched"));
  patches.add("./lib", patch("package directory"));
  REQUIRE_OK(small.load());
  PatchedModules view(small.modules, patches);
  const auto read = [&](const module::ModuleVersion& module, const std::string& name) {
    return REQUIRE_OK(REQUIRE_OK(view.tree(module))->read(name));
  };
  CHECK(read(kB, "b.go") == "package patched\n");  // the patches of what stands in
  CHECK(read({"l.org/lib", "v1.0.0"}, "b.go") == "package b\n");
  CHECK(read(kA, "a.go") == "package a\n");
}

}  // namespace
}  // namespace modtool::vendor_tool
