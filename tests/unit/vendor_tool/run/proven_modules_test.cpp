#include "vendor_tool/run/proven_modules.hpp"

#include "tests/unit/vendor_tool/run/small_project.hpp"

namespace modtool::vendor_tool {
namespace {

using test::kA;
using test::kB;
using test::kDeep;
using test::names_of;
using test::SmallProject;

// A project that was vendored, and the view of its evidence once the modules themselves are gone.
struct Proven {
  explicit Proven(const std::string& go = "1.22", const std::function<void(SmallProject&)>& change = nullptr) {
    small.go = go;
    if (change) change(small);
    REQUIRE_OK(small.vendor());
    small.modules.texts.clear();
    project = REQUIRE_OK(small.load());
    replacements = manifest::ReplacementTable(project->manifest.replace);
    evidence = REQUIRE_OK(small.evidence());
    modules = std::make_unique<ProvenModules>(*project, replacements, *evidence, nullptr, pool);
  }

  SmallProject small;
  const project::Project* project = nullptr;
  manifest::ReplacementTable replacements;
  std::unique_ptr<Evidence> evidence;
  Cancellation cancellation;
  WorkerPool pool{1, cancellation};
  std::unique_ptr<ProvenModules> modules;
};

TEST_CASE("with pruning a proof knows the roots, without it the graph") {
  Proven pruned("1.22");
  CHECK(names_of(REQUIRE_OK(pruned.modules->build_list())) == "m.org/m a.org/a@v1.0.0 b.org/b@v1.0.0 go@1.22");
  Proven whole("1.16");
  CHECK(names_of(REQUIRE_OK(whole.modules->build_list())) ==
        "m.org/m a.org/a@v1.0.0 b.org/b@v1.0.0 d.org/deep@v1.0.0 go@1.16");
}

TEST_CASE("manifests and files come from the evidence") {
  Proven proven;
  CHECK(REQUIRE_OK(proven.modules->manifest(kB)) == "module b.org/b\n");  // it has none of its own
  const auto summary = REQUIRE_OK(proven.modules->summary(kA));
  CHECK(summary.language == "1.17");
  CHECK(names_of(summary.require) == "d.org/deep@v1.0.0");
  const auto tree = REQUIRE_OK(proven.modules->tree(kA));
  CHECK(REQUIRE_OK(tree->read("a.go")) == "package a\n");
  CHECK(REQUIRE_OK(tree->read("other.go")) == "//go:build ignore\n\npackage a\n");  // kept in modtool.sums
  CHECK(proven.modules->place(kA).empty());
}

TEST_CASE("what nothing vouches for is not there") {
  Proven proven;
  CHECK_ERROR(proven.modules->manifest(kDeep), Code::kUnproven, "no block of d.org/deep@v1.0.0");
  CHECK_ERROR(proven.modules->summary(kDeep), Code::kUnproven, "no block of d.org/deep@v1.0.0");
  CHECK_ERROR(proven.modules->tree(kB), Code::kUnproven, "no list of the files of b.org/b@v1.0.0");
  CHECK_ERROR(REQUIRE_OK(proven.modules->tree(kA))->read("a_test.go"), Code::kUnproven, "a_test.go");

  proven.small.disk.add("/p/vendor/a.org/a/a.go", "package evil\n");
  CHECK_ERROR(REQUIRE_OK(proven.modules->tree(kA))->read("a.go"), Code::kUnproven, "a.go");
}

TEST_CASE("a directory that replaces a module is read as it is now, or what was kept of it") {
  Proven proven("1.22", [](SmallProject& small) {
    small.replace({"a.org/a", ""}, {"./a", ""});
    small.disk.add("/p/a/go.mod", "module a.org/a\ngo 1.18\n");
    small.disk.add("/p/a/a.go", "package a\n");
  });
  proven.small.disk.add("/p/a/a.go", "package a // now\n");
  proven.small.disk.add("/p/a/go.mod", "module a.org/a\ngo 1.19\n");
  CHECK(REQUIRE_OK(REQUIRE_OK(proven.modules->tree(kA))->read("a.go")) == "package a // now\n");
  CHECK(REQUIRE_OK(proven.modules->summary(kA)).language == "1.19");
  REQUIRE_OK(proven.small.disk.remove_all("/p/a"));
  CHECK(REQUIRE_OK(proven.modules->manifest(kA)) == "module a.org/a\ngo 1.18\n");
}

}  // namespace
}  // namespace modtool::vendor_tool
