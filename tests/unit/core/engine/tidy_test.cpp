#include "core/engine/tidy.hpp"

#include <algorithm>

#include "core/module/hash.hpp"
#include "tests/unit/core/engine/git_workplace.hpp"

namespace modtool::engine {
namespace {

using test::GitWorkplace;
using test::path_of;

using Lines = std::vector<std::string>;

const manifest::LockedModule& locked(const manifest::Lock& lock, const std::string& name, const std::string& version) {
  const module::ModuleVersion module{path_of(name), version};
  const auto found = std::ranges::find(lock.modules, module, &manifest::LockedModule::module);
  REQUIRE(found != lock.modules.end());
  return *found;
}

// net v1.0.0 requires lib v1.1.0; the project requires both, lib at v1.0.0, and gen in the group "tool".
struct Sample : GitWorkplace {
  Sample() {
    release("lib", "v1.0.0");
    release("lib", "v1.1.0");
    release("net", "v1.0.0", {{"lib", "v1.1.0"}});
    release("gen", "v0.1.0", {{"lib", "v1.0.0"}});
    write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0", "git.example.com/o/net": "v1.0.0" },
  "groups": { "tool": { "git.example.com/o/gen": "v0.1.0" } })");
  }
};

TEST_CASE("a lock holds the graph, where each selected module was found, and its hash") {
  Sample project;
  const auto report = REQUIRE_OK(tidy(project.place.context, false));
  CHECK(report.lock_name == "modtool.lock");
  CHECK(report.modules == 3);
  CHECK(report.changed);
  CHECK(report.changes ==
        Lines{"+ git.example.com/o/gen v0.1.0", "+ git.example.com/o/lib v1.1.0", "+ git.example.com/o/net v1.0.0"});
  const auto lock = project.lock();
  CHECK(lock.roots.size() == 3);
  REQUIRE(lock.modules.size() == 4);

  const auto& lost = locked(lock, "lib", "v1.0.0");  // in the graph, and not selected
  CHECK(lost.sum.empty());
  CHECK(lost.git.commit.empty());
  const auto& lib = locked(lock, "lib", "v1.1.0");
  CHECK(lib.git.ref == "refs/tags/v1.1.0");
  CHECK(lib.git.commit == project.repository("lib").git({"rev-parse", "v1.1.0"}));
  CHECK(lib.groups.empty());
  CHECK(lib.from.empty());
  const Cancellation cancellation;
  WorkerPool pool(1, cancellation);
  const auto tree = module::make_memory_tree(GitWorkplace::files_of("lib", "v1.1.0"));
  CHECK(lib.sum == module::h1_of(REQUIRE_OK(module::hash_tree(*tree, pool)), "git.example.com/o/lib@v1.1.0"));

  const auto& net = locked(lock, "net", "v1.0.0");
  CHECK(net.require == std::vector<module::ModuleVersion>{{path_of("lib"), "v1.1.0"}});
  CHECK(net.from == "manifest");
  CHECK(net.manifest_sum.starts_with("h1:"));
  CHECK(locked(lock, "gen", "v0.1.0").groups == Lines{"tool"});
}

TEST_CASE("tidying again changes nothing, and a check writes nothing") {
  Sample project;
  CHECK(REQUIRE_OK(tidy(project.place.context, true)).changed);
  CHECK(project.read("modtool.lock") == "(not there)");
  REQUIRE_OK(tidy(project.place.context, false));
  const auto before = project.read("modtool.lock");
  for (const bool check : {true, false}) {
    CAPTURE(check);
    const auto report = REQUIRE_OK(tidy(project.place.context, check));
    CHECK_FALSE(report.changed);
    CHECK(report.changes.empty());
    CHECK(project.read("modtool.lock") == before);
  }
  project.write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0" })");
  const auto report = REQUIRE_OK(tidy(project.place.context, true));
  CHECK(report.changes == Lines{"- git.example.com/o/gen v0.1.0", "- git.example.com/o/lib v1.1.0",
                                "+ git.example.com/o/lib v1.0.0", "- git.example.com/o/net v1.0.0"});
  CHECK(project.read("modtool.lock") == before);
}

TEST_CASE("a locked run that would change the lock fails, and leaves it") {
  Sample project;
  project.write("modtool.lock", "[\n {\"lock\":1}\n]\n");
  project.place.settings.locked = true;
  CHECK_ERROR(tidy(project.place.context, false), Code::kLockedRun, "modtool.lock would be changed");
  CHECK(project.read("modtool.lock") == "[\n {\"lock\":1}\n]\n");
}

TEST_CASE("a version that was locked never becomes another, and nothing is written where it would") {
  Sample project;
  REQUIRE_OK(tidy(project.place.context, false));
  const auto before = project.read("modtool.lock");
  const auto moved = project.repository("lib").commit({{"lib.c", {"evil"}}});
  project.repository("lib").git({"tag", "-f", "v1.1.0", moved});
  CHECK_ERROR(tidy(project.place.context, false), Code::kRefMoved, "git.example.com/o/lib@v1.1.0");
  CHECK(project.read("modtool.lock") == before);
}

TEST_CASE("files that do not have the hash that was locked are refused") {
  Sample project;
  REQUIRE_OK(tidy(project.place.context, false));
  auto text = project.read("modtool.lock");
  const auto sum = locked(project.lock(), "lib", "v1.1.0").sum;
  text.replace(text.find(sum), sum.size(), "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
  project.write("modtool.lock", text);
  CHECK_ERROR(tidy(project.place.context, false), Code::kChecksumMismatch,
              "the files have the hash " + sum + " and were locked with h1:47DEQpj8");
  CHECK(project.read("modtool.lock") == text);
}

TEST_CASE("directories that replace modules are not locked, other replacements are") {
  Sample project;
  project.release("fork", "v1.5.0");
  project.write("mine/net.c", "");
  project.write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0", "git.example.com/o/net": "v1.0.0" },
  "replace": {
    "git.example.com/o/net": { "dir": "./mine" },
    "git.example.com/o/lib": { "module": "git.example.com/o/fork", "version": "v1.5.0" }
  })");
  REQUIRE_OK(tidy(project.place.context, false));
  CHECK(project.selected() == "fork v1.5.0");
}

TEST_CASE("what nothing requires is noted") {
  Sample project;
  project.write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0" },
  "replace": { "git.example.com/o/nett": { "dir": "./mine" } },
  "majors": { "git.example.com/o/libb": "v2.0.0" })");
  CHECK(REQUIRE_OK(tidy(project.place.context, false)).notes ==
        Lines{"git.example.com/o/nett is replaced, and nothing requires it",
              "git.example.com/o/libb is in \"majors\", and nothing requires it"});
}

TEST_CASE("links of a module are left out, and told") {
  GitWorkplace project;
  auto& repository = project.repository("lib");
  repository.tag("v1.0.0", repository.commit({{"lib.c", {""}}, {"link", modtool::test::symlink("../lib.c")}}));
  project.write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0" },
  "describe": { "git.example.com/o/lib": { "symlinks": "ignore" } })");
  CHECK(REQUIRE_OK(tidy(project.place.context, false)).notes ==
        Lines{"git.example.com/o/lib@v1.0.0: link left out: link -> ../lib.c"});
}

TEST_CASE("a project whose lock holds no graph is not tidied here") {
  GitWorkplace project;
  project.write("go.mod", "module example.com/app\n");
  const auto tidied = tidy(project.place.context, false);
  CHECK_ERROR(tidied, Code::kNotSupported, "go.mod");
  if (!tidied) CHECK(to_command(tidied.error().fix) == "go mod tidy");
}

}  // namespace
}  // namespace modtool::engine
