#include "core/engine/lock_builder.hpp"

#include "tests/unit/core/engine/git_workplace.hpp"

namespace modtool::engine {
namespace {

using test::GitWorkplace;
using test::path_of;

struct Sample : GitWorkplace {
  Sample() {
    release("lib", "v1.0.0");
    release("lib", "v1.1.0");
    release("net", "v1.0.0", {{"lib", "v1.0.0"}});
    write_manifest(R"("require": { "git.example.com/o/net": "v1.0.0" })");
  }

  // The lock of a manifest that is the project's, but for what `change` makes of it.
  Result<BuiltLock> build(const std::function<void(manifest::Manifest&)>& change) {
    opened = REQUIRE_OK(OpenProject::open(place.context, {.command = "tidy", .relock = true}));
    manifest::Manifest manifest = opened->project().manifest;
    change(manifest);
    MODTOOL_TRY(const auto graph, opened->load_graph_for(manifest));
    return build_lock(place.context, *opened, manifest, graph);
  }

  std::unique_ptr<OpenProject> opened;
};

std::string names_of(const manifest::Lock& lock) {
  std::vector<std::string> names;
  for (const auto& locked : lock.modules) {
    names.push_back(to_string(locked.module) + (locked.sum.empty() ? " (lost)" : ""));
  }
  return join(names, ", ");
}

TEST_CASE("the lock is that of the graph's manifest, whatever is on the disk") {
  Sample project;
  const auto built = REQUIRE_OK(project.build(
      [](manifest::Manifest& manifest) { manifest.require.push_back({.module = {path_of("lib"), "v1.1.0"}}); }));
  CHECK(names_of(built.lock) ==
        "git.example.com/o/lib@v1.1.0, git.example.com/o/net@v1.0.0, git.example.com/o/lib@v1.0.0 (lost)");
  CHECK(built.lock.roots.size() == 2);
  CHECK(project.read("modtool.lock") == "(not there)");
}

TEST_CASE("an error names the module that was being locked") {
  Sample project;
  project.write("fix.patch", "--- a/lib.c\n+++ b/lib.c\n@@ -1 +1 @@\n-v9.9.9\n+v1.0.0\n");
  project.write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0" },
  "describe": { "git.example.com/o/lib": { "patches": ["fix.patch"] } })");
  CHECK_ERROR(project.build([](auto&) {}), Code::kPatchFailed, "locking git.example.com/o/lib@v1.0.0");
}

TEST_CASE("one repository under two paths is not locked") {
  Sample project;
  auto& plain = project.repository("plain");  // without a manifest, which would say its path
  plain.tag("v1.0.0", plain.commit({{"plain.c", {""}}}));
  project.write_manifest(R"("require": { "git.example.com/o/plain": "v1.0.0", "example.org/alias": "v1.0.0" },
  "describe": { "example.org/alias": { "git": "https://git.example.com/o/plain" } })");
  CHECK_ERROR(project.build([](auto&) {}), Code::kTwoSpellings, "example.org/alias");
}

}  // namespace
}  // namespace modtool::engine
