#include "core/patch/patch_set.hpp"

#include "core/module/module_tree.hpp"
#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::patch;
using module::ModuleVersion;

namespace {

std::shared_ptr<const module::ProvenTree> tree_of(std::map<std::string, std::string> files) {
  return module::make_trusted_tree(module::make_memory_tree(std::move(files)));
}

std::string diff_of(const std::string& name, const std::string& from, const std::string& to) {
  return "--- a/" + name + "\n+++ b/" + name + "\n@@ -1 +1 @@\n-" + from + "\n+" + to + "\n";
}

std::vector<std::string> names_of(const module::ModuleTree& tree) {
  std::vector<std::string> names;
  for (const auto& file : tree.list()) names.push_back(file.name);
  return names;
}

const std::string kMakes =
    "diff --git a/new b/new\nnew file mode 100755\n--- /dev/null\n+++ b/new\n@@ -0,0 +1 @@\n+x\n";
const std::string kRemoves = "--- a/f\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n";

}  // namespace

TEST_CASE("patches are applied one after the other") {
  const auto set = REQUIRE_OK(PatchSet::parse({{"1", diff_of("f", "a", "b")}, {"2", diff_of("f", "b", "c") + kMakes}}));
  const auto tree = REQUIRE_OK(make_patched_tree(tree_of({{"f", "a\n"}, {"g", "g\n"}}), set));
  CHECK(names_of(*tree) == std::vector<std::string>{"f", "g", "new"});
  CHECK(REQUIRE_OK(tree->read("f")) == "c\n");
  CHECK(REQUIRE_OK(tree->hash("f")) == sha256("c\n"));
  CHECK(REQUIRE_OK(tree->read("g")) == "g\n");
  CHECK(module::find_file(*tree, "new")->executable);
  CHECK(set.touches("f"));
  CHECK(set.touches("new"));
  CHECK_FALSE(set.touches("g"));
}

TEST_CASE("a removed file is gone, and may be made anew") {
  const auto gone = REQUIRE_OK(PatchSet::parse({{"1", kRemoves}}));
  const auto tree = REQUIRE_OK(make_patched_tree(tree_of({{"f", "a\n"}}), gone));
  CHECK(tree->list().empty());
  CHECK_ERROR(tree->read("f"), Code::kFileNotFound, "f");
  CHECK_ERROR(tree->hash("f"), Code::kFileNotFound, "f");

  const std::string makes = "--- /dev/null\n+++ b/f\n@@ -0,0 +1 @@\n+z\n";
  const auto again = REQUIRE_OK(PatchSet::parse({{"1", kRemoves}, {"2", makes}}));
  CHECK(REQUIRE_OK(REQUIRE_OK(make_patched_tree(tree_of({{"f", "a\n"}}), again))->read("f")) == "z\n");
}

TEST_CASE("what does not fit names patch, line and file") {
  struct Row {
    std::string patch;
    std::map<std::string, std::string> files;
    std::string_view message;
  };
  const std::vector<Row> rows = {
      {diff_of("f", "a", "b"), {{"f", "x\n"}}, "patching f: p:3: the lines"},
      {diff_of("f", "a", "b"), {{"g", "a\n"}}, "patching f: p:1: the file is not there"},
      {kMakes, {{"new", "a\n"}}, "patching new: p:1: the file is there already"},
      {kRemoves, {{"f", "a\nb\n"}}, "patching f: p:1: the patch removes the file, and leaves some of it"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.message);
    const auto set = REQUIRE_OK(PatchSet::parse({{"p", row.patch}}));
    CHECK_ERROR(make_patched_tree(tree_of(row.files), set), Code::kPatchFailed, row.message);
  }
}

TEST_CASE("only the modules that have patches are patched") {
  const auto set = REQUIRE_OK(PatchSet::parse({{"p", diff_of("f", "a", "b")}}));
  ModulePatches patches;
  patches.add("fork", set);
  const auto patched = [&](const ModuleVersion& stand_in) {
    return REQUIRE_OK(REQUIRE_OK(apply_patches(tree_of({{"f", "a\n"}}), stand_in, patches))->read("f"));
  };
  CHECK(patched({.path = "fork", .version = "v1.0.0"}) == "b\n");
  CHECK(patched({.path = "fork", .version = ""}) == "a\n");  // a directory is taken as it is
  CHECK(patched({.path = "other", .version = "v1.0.0"}) == "a\n");
}
