#include "core/engine/sourced_modules.hpp"

#include <map>

#include "tests/support/check.hpp"
#include "tests/support/in_memory_modules.hpp"
#include "tests/unit/core/engine/workplace.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

// Has the modules of a text, and counts what is asked.
class TextSource final : public source::ModuleSource {
 public:
  explicit TextSource(std::string_view text) : texts_(modtool::test::parse_modules(text)) {}

  Result<std::vector<std::string>> versions(const std::string&) override { return fail(Code::kNotFound, "none"); }
  Result<source::VersionInfo> stat(const std::string&, const std::string&) override {
    return fail(Code::kNotFound, "none");
  }
  Result<std::string> manifest(const ModuleVersion& module) override {
    ++manifests_read;
    MODTOOL_TRY(const auto tree, this->tree(module));
    return tree->read("go.mod");
  }
  Result<manifest::Tree> tree(const ModuleVersion& module) override {
    const auto found = texts_.find(module);
    if (found == texts_.end()) return fail(Code::kNotFound, "not here");
    return module::make_memory_tree(found->second);
  }

  int manifests_read = 0;

 private:
  modtool::test::ModuleTexts texts_;
};

struct Setup {
  std::size_t dialect = 0;  // in project's table: Go's, the native one
  std::vector<manifest::Replacement> replace = {};
  bool go_face = false;
  const manifest::Lock* lock = nullptr;
};

struct Sourced : test::MemoryWorkplace {
  explicit Sourced(const Setup& setup) {
    const auto row = project::dialects(place.settings.tools).at(setup.dialect);
    project = {.dialect = row.dialect, .make_usage = row.make_usage, .can = row.can, .root = "/p"};
    project.manifest = {.path = "m.org/m", .go = "1.20", .replace = setup.replace};
    replacements = manifest::ReplacementTable(setup.replace);
    if (setup.lock != nullptr) lock.emplace(*setup.lock);
    place.settings.module_cache = "/cache";
    modules = std::make_unique<SourcedModules>(place.context, SourcedInputs{.project = project,
                                                                            .replacements = replacements,
                                                                            .source = source,
                                                                            .lock = lock ? &*lock : nullptr,
                                                                            .go_face = setup.go_face});
  }

  TextSource source{R"(
-- a.org/a@v1.0.0/go.mod --
module a.org/a
go 1.18
-- a.org/a@v1.0.0/a.go --
package a
-- w.org/w@v1.0.0/go.mod --
module other.org/w
-- w.org/w@v1.0.0/w.c --
-- w.org/w@v1.0.0/w.c. --
-- n.org/new@v1.0.0/go.mod --
module n.org/new
go 1.99
)"};
  project::Project project;
  manifest::ReplacementTable replacements;
  std::optional<resolve::LockIndex> lock;
  std::unique_ptr<SourcedModules> modules;
};

const ModuleVersion kA{"a.org/a", "v1.0.0"};
const ModuleVersion kLib{"l.org/lib", "v1.0.0"};

manifest::Replacement by_directory(const std::string& path, const std::string& directory) {
  return {.from = {path, ""}, .to = {directory, ""}};
}

TEST_CASE("a module is what its source has of it, and a replaced one what stands in") {
  Sourced sourced({.replace = {{.from = {"b.org/b", ""}, .to = kA}}});
  CHECK(REQUIRE_OK(sourced.modules->summary(kA)).language == "1.18");
  const ModuleVersion replaced{"b.org/b", "v3.0.0"};
  CHECK(REQUIRE_OK(sourced.modules->manifest(replaced)) == "module a.org/a\ngo 1.18\n");
  CHECK(REQUIRE_OK(sourced.modules->summary(replaced)).path == "a.org/a");
  CHECK(REQUIRE_OK(REQUIRE_OK(sourced.modules->tree(replaced))->read("a.go")) == "package a\n");
  CHECK_ERROR(sourced.modules->tree({"c.org/c", "v1.0.0"}), Code::kNotFound, "c.org/c@v1.0.0: not here");
}

TEST_CASE("a manifest of another module, or for a newer tool, is refused") {
  Sourced sourced({});
  CHECK_ERROR(sourced.modules->summary({"w.org/w", "v1.0.0"}), Code::kGoModMismatch,
              "module declares its path as: other.org/w");
  CHECK_ERROR(sourced.modules->summary({"n.org/new", "v1.0.0"}), Code::kTooNewGo,
              "n.org/new@v1.0.0 requires go >= 1.99");
}

TEST_CASE("a directory that replaces a module is read from the project's root on") {
  for (const std::size_t dialect : {0, 1}) {
    CAPTURE(dialect);
    Sourced sourced({.dialect = dialect, .replace = {by_directory("l.org/lib", "./lib")}});
    sourced.disk.add("/p/lib/" + std::string(sourced.project.dialect->manifest_name()), "of the directory");
    CHECK(REQUIRE_OK(sourced.modules->manifest(kLib)) == "of the directory");
    CHECK(REQUIRE_OK(sourced.modules->tree(kLib))->list().size() == 1);
  }
}

TEST_CASE("a directory without a manifest is one of the native dialect, and none of Go's") {
  for (const std::size_t dialect : {0, 1}) {
    CAPTURE(dialect);
    Sourced sourced({.dialect = dialect, .replace = {by_directory("l.org/lib", "./lib")}});
    sourced.disk.add("/p/lib/lib.c", "");
    const auto summary = sourced.modules->summary(kLib);
    if (dialect == 0) CHECK_ERROR(summary, Code::kReplacementMissing, "reading lib/go.mod");
    if (dialect == 1) CHECK(REQUIRE_OK(sourced.modules->summary(kLib)).path == "l.org/lib");
  }
}

TEST_CASE("a directory that is not there is told as such") {
  for (const std::size_t dialect : {0, 1}) {
    CAPTURE(dialect);
    Sourced sourced({.dialect = dialect, .replace = {by_directory("l.org/lib", "./lib")}});
    CHECK_ERROR(sourced.modules->manifest(kLib), Code::kReplacementMissing, "lib");
    CHECK_ERROR(sourced.modules->tree(kLib), Code::kReplacementMissing,
                "l.org/lib@v1.0.0: replacement directory ./lib does not exist");
  }
}

TEST_CASE("names that Windows takes for others are refused, but not on go's face") {
  CHECK_ERROR(Sourced({}).modules->tree({"w.org/w", "v1.0.0"}), Code::kZipRules, "w.org/w@v1.0.0");
  Sourced go({.go_face = true});
  CHECK(REQUIRE_OK(go.modules->tree({"w.org/w", "v1.0.0"}))->list().size() == 3);
}

TEST_CASE("messages tell places on go's face only") {
  const Setup go{.replace = {by_directory("l.org/lib", "./lib")}, .go_face = true};
  CHECK(Sourced(go).modules->place(kA) == "/cache/a.org/a@v1.0.0");
  CHECK(Sourced(go).modules->place(kLib) == "/p/lib");
  CHECK(Sourced({}).modules->place(kA).empty());
}

TEST_CASE("a lock that holds the graph is taken at its word, and nothing is read in its place") {
  const manifest::Lock lock{.modules = {{.module = kA, .sum = "h1:a", .require = {{"x.org/x", "v1.0.0"}}}}};
  Sourced sourced({.dialect = 1, .lock = &lock});
  const auto summary = REQUIRE_OK(sourced.modules->summary(kA));
  CHECK(summary.require == std::vector<ModuleVersion>{{"x.org/x", "v1.0.0"}});
  const auto missing = sourced.modules->summary({"x.org/x", "v1.0.0"});
  CHECK_ERROR(missing, Code::kLockStale, "modtool.lock has no entry for it");
  if (!missing) CHECK(to_command(missing.error().fix) == "modtool tidy");
  CHECK(sourced.source.manifests_read == 0);
}

TEST_CASE("the build list is loaded once") {
  Sourced sourced({});
  sourced.project.manifest.require = {{.module = kA}};
  const auto list = REQUIRE_OK(sourced.modules->build_list());
  CHECK(list == std::vector<ModuleVersion>{{"m.org/m", ""}, kA, {"go", "1.20"}});
  const int read = sourced.source.manifests_read;
  CHECK(read > 0);
  CHECK(REQUIRE_OK(sourced.modules->build_list()) == list);
  CHECK(sourced.source.manifests_read == read);
}

}  // namespace
}  // namespace modtool::engine
