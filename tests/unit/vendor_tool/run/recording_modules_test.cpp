#include "vendor_tool/run/recording_modules.hpp"

#include "tests/unit/vendor_tool/run/small_project.hpp"

namespace modtool::vendor_tool {
namespace {

using test::kA;
using test::kB;
using test::kDeep;
using test::manifests_of;
using test::SmallProject;

using Names = std::vector<std::string>;

TEST_CASE("a plan with pruning reads the manifests of the roots, one without all of the graph") {
  struct Case {
    std::string go;
    std::string manifests;
  };
  for (const auto& [go, manifests] : {
           Case{.go = "1.22", .manifests = "a.org/a@v1.0.0 b.org/b@v1.0.0"},
           Case{.go = "1.16", .manifests = "a.org/a@v1.0.0 b.org/b@v1.0.0 d.org/deep@v1.0.0"},
       }) {
    CAPTURE(go);
    SmallProject project;
    project.go = go;
    CHECK(manifests_of(REQUIRE_OK(project.recorded())) == manifests);
  }
}

TEST_CASE("what is read only to word a message is not recorded") {
  SmallProject project;
  project.imports = {"a.org/a", "nowhere.org/x"};  // no root provides it, so the whole graph is looked at
  project.allow_errors = true;
  bool is_graph_loaded = false;
  project.modules.load_build_list = [&](manifest::Modules& modules) -> Result<std::vector<module::ModuleVersion>> {
    is_graph_loaded = true;
    MODTOOL_CHECK(modules.summary(kDeep));
    return std::vector{kA, kB, kDeep};
  };
  CHECK(manifests_of(REQUIRE_OK(project.recorded())) == "a.org/a@v1.0.0 b.org/b@v1.0.0");
  CHECK(is_graph_loaded);
}

TEST_CASE("of each tree the names are recorded whose bytes were read, and of modules not looked at nothing") {
  SmallProject project;
  const auto recorded = REQUIRE_OK(project.recorded());
  REQUIRE(recorded.trees.size() == 1);
  CHECK(recorded.trees[0].module == kA);
  CHECK(recorded.trees[0].read == Names{"a.go", "other.go"});  // tests are told by their names
}

TEST_CASE("a manifest is recorded under what stands in, with a module that it stands in for") {
  SmallProject project;
  project.publish("-- f.org/fork@v1.1.0/go.mod --\nmodule f.org/fork\n-- f.org/fork@v1.1.0/b.go --\npackage b\n");
  project.replace(kB, {"f.org/fork", "v1.1.0"});
  project.replace({"a.org/a", ""}, {"./a", ""});
  project.disk.add("/p/a/go.mod", "module a.org/a\n");
  project.disk.add("/p/a/a.go", "package a\n");
  const auto recorded = REQUIRE_OK(project.recorded());
  CHECK(manifests_of(recorded) == "./a f.org/fork@v1.1.0");
  CHECK(recorded.manifests.at({"f.org/fork", "v1.1.0"}) == kB);
  CHECK(recorded.manifests.at({"./a", ""}) == kA);
}

struct Recording {
  SmallProject small;
  Cancellation cancellation;
  WorkerPool pool{1, cancellation};
  RecordingModules modules{small.modules, *REQUIRE_OK(small.load()), nullptr, pool};
};

TEST_CASE("a tree is opened once, and every reader of it is noted") {
  Recording recording;
  const auto tree = REQUIRE_OK(recording.modules.tree(kA));
  CHECK(REQUIRE_OK(recording.modules.tree(kA)) == tree);
  CHECK(recording.modules.recorded().trees.at(0).read.empty());
  CHECK(REQUIRE_OK(tree->read("a.go")) == "package a\n");
  REQUIRE_OK(REQUIRE_OK(recording.modules.tree(kA))->read("go.mod"));
  CHECK(recording.modules.recorded().trees.at(0).read == Names{"a.go", "go.mod"});
}

TEST_CASE("names that stand for the language and not for a module have no manifest to record") {
  Recording recording;
  REQUIRE_OK(recording.modules.summary({"go", "1.22"}));
  REQUIRE_OK(recording.modules.summary(kB));
  CHECK(manifests_of(recording.modules.recorded()) == "b.org/b@v1.0.0");
}

TEST_CASE("the bytes of a manifest that are asked for elsewhere are not recorded") {
  Recording recording;
  REQUIRE_OK(recording.modules.manifest(kA));
  CHECK(recording.modules.recorded().manifests.empty());
}

TEST_CASE("a tree that cannot be opened is not recorded") {
  Recording recording;
  CHECK_ERROR(recording.modules.tree({"nowhere.org/x", "v1.0.0"}), Code::kNotFound, "nowhere.org/x@v1.0.0");
  CHECK(recording.modules.recorded().trees.empty());
}

}  // namespace
}  // namespace modtool::vendor_tool
