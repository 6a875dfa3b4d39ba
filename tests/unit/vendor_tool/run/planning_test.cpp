#include "vendor_tool/run/planning.hpp"

#include "tests/unit/vendor_tool/run/small_project.hpp"
#include "vendor_tool/run/recording_modules.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;
using test::kA;
using test::kB;
using test::SmallProject;

using Names = std::vector<std::string>;

Names files_of(const VendorPlan& plan) {
  Names names;
  for (const auto& file : plan.files) names.push_back(file.destination);
  return names;
}

TEST_CASE("how much the index says grows with the language of the main module") {
  struct Case {
    std::string go;
    std::string modules_txt;
  };
  for (const auto& [go, modules_txt] : {
           Case{.go = "1.13", .modules_txt = "# a.org/a v1.0.0\na.org/a\n"},
           Case{.go = "1.16",
                .modules_txt = "# a.org/a v1.0.0\n## explicit\na.org/a\n# b.org/b v1.0.0\n## explicit\n"
                               "# z.org/z v1.0.0 => ./z\n"},
           Case{.go = "1.17",
                .modules_txt = "# a.org/a v1.0.0\n## explicit; go 1.17\na.org/a\n# b.org/b v1.0.0\n## explicit\n"
                               "# z.org/z v1.0.0 => ./z\n"},
       }) {
    CAPTURE(go);
    SmallProject project;
    project.go = go;
    project.replace({"z.org/z", "v1.0.0"}, {"./z", ""});  // of a module that is not in the graph
    CHECK(REQUIRE_OK(project.plan()).modules_txt == modules_txt);
  }
}

TEST_CASE("a replaced module is listed with what replaces it, and has the files and the language of that") {
  SmallProject project;
  project.publish(R"(
-- f.org/fork@v1.1.0/go.mod --
module f.org/fork
go 1.19
-- f.org/fork@v1.1.0/forked.go --
package a
)");
  project.replace(kA, {"f.org/fork", "v1.1.0"});
  project.replace({"b.org/b", ""}, {"./b", ""});
  project.disk.add("/p/b/go.mod", "module anything.org\ngo 1.20\n");
  project.disk.add("/p/b/mine.go", "package b\n");
  project.imports = {"a.org/a", "b.org/b"};
  const auto plan = REQUIRE_OK(project.plan());
  CHECK(plan.modules_txt ==
        "# a.org/a v1.0.0 => f.org/fork v1.1.0\n## explicit; go 1.19\na.org/a\n"
        "# b.org/b v1.0.0 => ./b\n## explicit; go 1.20\nb.org/b\n# b.org/b => ./b\n");
  CHECK(files_of(plan) == Names{"a.org/a/forked.go", "b.org/b/mine.go"});
}

TEST_CASE("errors of packages end the planning, or are told beside the plan") {
  SmallProject project;
  project.imports = {"a.org/a", "nowhere.org/x"};
  CHECK_ERROR(project.plan(), Code::kMissingModule, "no required module provides package nowhere.org/x");

  project.allow_errors = true;
  const auto plan = REQUIRE_OK(project.plan());
  REQUIRE(plan.errors.size() == 1);
  CHECK(plan.errors[0].code == Code::kMissingModule);
  CHECK(files_of(plan) == Names{"a.org/a/a.go"});

  project.imports = {"a.org/a"};
  CHECK(REQUIRE_OK(project.plan()).errors.empty());
}

std::string modules_of(const std::vector<manifest::Requirement>& requirements) {
  std::vector<ModuleVersion> modules;
  for (const auto& requirement : requirements) modules.push_back(requirement.module);
  return test::names_of(modules);
}

// Has another answer for the manifest of one module.
class Failing final : public manifest::ModulesDecorator {
 public:
  Failing(manifest::Modules& inner, ModuleVersion module, Code code)
      : ModulesDecorator(inner), module_(std::move(module)), code_(code) {}

  Result<manifest::Summary> summary(const ModuleVersion& module) override {
    if (module == module_) return fail(code_, "no manifest");
    return inner().summary(module);
  }

 private:
  ModuleVersion module_;
  Code code_;
};

struct Planner {
  Cancellation cancellation;
  WorkerPool pool{1, cancellation};

  Result<VendorPlan> plan(SmallProject& project, manifest::Modules& modules) {
    return vendor_tool::plan(*REQUIRE_OK(project.load()), modules,
                             {.files = project.disk, .pool = pool, .allow_errors = project.allow_errors});
  }
};

TEST_CASE("the index says less of a module whose manifest is not there, and nothing of one with a wrong manifest") {
  SmallProject project;
  Failing absent(project.modules, kB, Code::kNotFound);
  CHECK(REQUIRE_OK(Planner().plan(project, absent)).modules_txt.ends_with("# b.org/b v1.0.0\n## explicit\n"));
  Failing wrong(project.modules, kB, Code::kChecksumMismatch);
  CHECK_ERROR(Planner().plan(project, wrong), Code::kChecksumMismatch, "no manifest");
}

TEST_CASE("an error that ends the planning is told after those that were let pass") {
  SmallProject project;
  project.allow_errors = true;
  project.imports = {"a.org/a", "nowhere.org/x"};
  Failing wrong(project.modules, kB, Code::kChecksumMismatch);
  const auto plan = Planner().plan(project, wrong);
  REQUIRE(!plan);
  CHECK(plan.error().code == Code::kChecksumMismatch);
  REQUIRE(plan.error().problems.size() == 2);
  CHECK(plan.error().problems[0].code == Code::kMissingModule);
  CHECK(plan.error().problems[1].code == Code::kChecksumMismatch);
}

TEST_CASE("two requirements that one module replaces cannot be vendored") {
  SmallProject project;
  project.publish("-- f.org/fork@v1.1.0/go.mod --\nmodule f.org/fork\n-- f.org/fork@v1.1.0/a.go --\npackage a\n");
  project.replace(kA, {"f.org/fork", "v1.1.0"});
  REQUIRE_OK(project.plan());
  project.replace(kB, {"f.org/fork", "v1.1.0"});
  CHECK_ERROR(project.plan(), Code::kAmbiguousImport,
              "f.org/fork@v1.1.0 used for two different module paths (a.org/a and b.org/b)");
}

patch::PatchSet patch_of(const std::string& text) {
  return REQUIRE_OK(patch::PatchSet::parse({{.name = "mine.patch", .text = text}}));
}

TEST_CASE("the plan is that of the patched modules") {
  SmallProject project;
  project.patches.add("a.org/a",
                      patch_of("--- a/a.go\n+++ b/a.go\n@@ -1 +1,3 @@\n package a\n+\n+import _ \"b.org/b\"\n"
                               "--- /dev/null\n+++ b/new.go\n@@ -0,0 +1 @@\n+package a\n"));
  const auto plan = REQUIRE_OK(project.plan());
  CHECK(files_of(plan) == Names{"a.org/a/a.go", "a.org/a/new.go", "b.org/b/b.go"});
  // modtool.sums proves the bytes that the patches start from: those of a file that a patch changes are kept in it.
  REQUIRE_OK(project.vendor());
  CHECK(REQUIRE_OK(project.check()).passed());
  CHECK(REQUIRE_OK(project.disk.read("/p/modtool.sums")).find("keep a.go\n.package a\n") != std::string::npos);
}

TEST_CASE("a patch that does not fit is an error of the planning") {
  SmallProject project;
  project.patches.add("a.org/a", patch_of("--- a/a.go\n+++ b/a.go\n@@ -1 +1 @@\n-package other\n+package a\n"));
  CHECK_ERROR(project.plan(), Code::kPatchFailed, "mine.patch");
}

TEST_CASE("vendoring and proving plan the same, and what proves is evidence alone") {
  SmallProject project;
  REQUIRE_OK(project.vendor());
  const auto planned = REQUIRE_OK(project.plan());
  project.modules.texts.clear();
  const auto proven = REQUIRE_OK(project.plan_proven());
  CHECK(proven.modules_txt == planned.modules_txt);
  CHECK(files_of(proven) == files_of(planned));

  project.imports.push_back("b.org/b");
  CHECK_ERROR(project.plan_proven(), Code::kUnproven, "b.org/b");
}

// A native project: "a" is locked with what it requires, "lib" is replaced by a directory.
struct NativeProject {
  NativeProject() {
    const auto row = project::dialects({.go = "1.26.0", .modtool = "0.1.0"}).back();
    project = {.dialect = row.dialect, .make_usage = row.make_usage, .can = row.can, .root = "/p"};
    project.manifest = REQUIRE_OK(row.dialect->parse_manifest(R"({
      "schema": 1,
      "module": "m.org/m",
      "require": {"a.org/a": "v1.0.0", "c.org/c": "v1.0.0", "l.org/lib": "v1.0.0"},
      "replace": {"l.org/lib": {"dir": "./lib"}}
    })",
                                                              {.shown = "modtool.json"}, {}));
    replacements = manifest::ReplacementTable(project.manifest.replace);
    project.lock.modules = {
        {.module = {"a.org/a", "v1.0.0"}, .sum = "h1:a", .require = {{"c.org/c", "v1.1.0"}}, .from = "manifest"},
        {.module = {"c.org/c", "v1.0.0"}},
        {.module = {"c.org/c", "v1.1.0"}, .sum = "h1:c"}};
    for (const auto& locked : project.lock.modules) {
      if (!locked.sum.empty()) project.lock.checksums.add(locked.module, locked.sum, {});
    }
  }

  project::Project project;
  manifest::ReplacementTable replacements;
};

TEST_CASE("from a lock that holds the graph only the manifests of directories are read for the proof") {
  NativeProject native;
  const resolve::LockIndex lock(native.project.lock);
  Planner planner;
  // As the lock has it: a.org/a requires c.org/c v1.1.0.
  modtool::test::InMemoryModules modules(*native.project.dialect, native.replacements, R"(
-- a.org/a@v1.0.0/modtool.json --
{"schema": 1, "module": "a.org/a", "require": {"c.org/c": "v1.1.0"}}
-- a.org/a@v1.0.0/a.c --
int a;
-- c.org/c@v1.0.0/c.c --
int old;
-- c.org/c@v1.1.0/c.c --
int c;
-- ./lib/lib.c --
int lib;
)");
  RecordingModules recording(modules, native.project, &lock, planner.pool);
  const modtool::test::MemoryFileSystem disk;
  const auto plan = REQUIRE_OK(vendor_tool::plan(native.project, recording, {.files = disk, .pool = planner.pool}));
  // A requirement is the least version that will do: what is selected is what is explicit.
  CHECK(plan.modules_txt ==
        "# a.org/a v1.0.0\n## explicit\na.org/a\n# c.org/c v1.1.0\n## explicit\nc.org/c\n"
        "# l.org/lib v1.0.0 => ./lib\n## explicit\nl.org/lib\n# l.org/lib => ./lib\n");
  CHECK(files_of(plan) == Names{"a.org/a/a.c", "a.org/a/modtool.json", "c.org/c/c.c", "l.org/lib/lib.c"});
  CHECK(test::manifests_of(recording.recorded()) == "./lib");
  CHECK(recording.recorded().trees.size() == 3);

  CHECK(modules_of(REQUIRE_OK(indexed_requirements(native.project, recording, planner.pool))) ==
        "a.org/a@v1.0.0 c.org/c@v1.1.0 l.org/lib@v1.0.0");

  // A lock that is not whole has no plan, and a directory is still held against what it selects.
  native.project.lock.modules.back().sum.clear();
  RecordingModules again(modules, native.project, &lock, planner.pool);
  CHECK_ERROR(vendor_tool::plan(native.project, again, {.files = disk, .pool = planner.pool}), Code::kLockStale,
              "c.org/c@v1.1.0 is selected and has no checksum");
  CHECK(modules_of(REQUIRE_OK(indexed_requirements(native.project, again, planner.pool))) ==
        "a.org/a@v1.0.0 c.org/c@v1.1.0 l.org/lib@v1.0.0");
}

TEST_CASE("requirements that are no least versions stand in the index as they are") {
  SmallProject project;
  Planner planner;
  const auto* loaded = REQUIRE_OK(project.load());
  CHECK(modules_of(REQUIRE_OK(indexed_requirements(*loaded, project.modules, planner.pool))) ==
        "a.org/a@v1.0.0 b.org/b@v1.0.0");
}

}  // namespace
}  // namespace modtool::vendor_tool
