#include "core/project/project.hpp"

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::project {
namespace {

const ToolVersions kVersions{.go = "1.26", .modtool = "0.1.0"};
using Names = std::vector<std::string>;

std::string native_manifest(const std::string& vendor) {
  return R"({"schema": 1, "module": "example.com/m", "vendor": {"dir": ")" + vendor + R"("}})";
}

void add_both(test::MemoryFileSystem& files, const std::string& vendor = "native/vendor") {
  files.add("/p/go.mod", "module example.com/m\n");
  files.add("/p/modtool.json", native_manifest(vendor));
}

Result<Project> load(const io::FileReader& files, const Which& which = Which::only()) {
  MODTOOL_TRY(const auto root, find_root(files, {.directory = "/p/sub", .which = which}, kVersions));
  return load_project(files, root, which, {.directory = "/p/sub"});
}

Result<Project> load_native(const io::FileReader& files) { return load(files, Which::dialect("native")); }

// The dialects whose manifests are in the root.
Names names_in_root(const io::FileReader& files, const std::string& directory) {
  Names names;
  for (const auto& row : REQUIRE_OK(find_root(files, {.directory = directory}, kVersions)).rows) {
    names.emplace_back(row.dialect->name());
  }
  return names;
}

TEST_CASE("of two projects in one directory the first is loaded, unless the other one is named") {
  test::MemoryFileSystem files;
  add_both(files);
  const auto first = REQUIRE_OK(load(files));
  CHECK(first.dialect->name() == "go");
  CHECK(first.beside == Names{"modtool.json"});
  const auto other = REQUIRE_OK(load_native(files));
  CHECK(other.dialect->name() == "native");
  CHECK(other.beside == Names{"go.mod"});
  CHECK_ERROR(load(files, Which::dialect("rust")), Code::kUsage, R"("rust" is no dialect; there are go and native)");
  CHECK(names_in_root(files, "/p") == Names{"go", "native"});
}

TEST_CASE("only manifests in the nearest directory are beside each other") {
  test::MemoryFileSystem files;
  files.add("/go.mod", "module example.com/m\n");
  files.add("/p/modtool.json", native_manifest("vendor"));
  CHECK(names_in_root(files, "/p/sub") == Names{"native"});
  const auto project = REQUIRE_OK(load(files));
  CHECK(project.beside.empty());
  CHECK(project.sums_name() == "modtool.sums");
  REQUIRE_OK(check_vendor_place(project));
}

TEST_CASE("the project of a dialect is looked for past those of others") {
  test::MemoryFileSystem files;
  files.add("/go.mod", "module example.com/m\n");
  files.add("/p/modtool.json", native_manifest("vendor"));
  CHECK(REQUIRE_OK(load(files, Which::dialect("go"))).root == "/");
  CHECK_ERROR(find_root(files, {.directory = "/p", .not_a_root = "/", .which = Which::dialect("go")}, kVersions),
              Code::kNoProject, "go.mod file not found");
}

TEST_CASE("where there is no project, both manifests are named") {
  const test::MemoryFileSystem files;
  CHECK_ERROR(find_root(files, {.directory = "/p"}, kVersions), Code::kNoProject,
              "neither go.mod nor modtool.json found in current directory or any parent directory");
}

TEST_CASE("the proof of the second project is beside its vendor directory") {
  test::MemoryFileSystem files;
  add_both(files);
  CHECK(REQUIRE_OK(load(files)).sums_path() == "/p/modtool.sums");
  CHECK(REQUIRE_OK(load_native(files)).sums_path() == "/p/native/modtool.sums");
}

TEST_CASE("two projects of one directory do not vendor into the same places") {
  for (const std::string vendor : {"vendor", "third_party", "vendor/native", "native/vendor", "a/b/vendor"}) {
    test::MemoryFileSystem files;
    add_both(files, vendor);
    INFO(vendor);
    const auto placed = check_vendor_place(REQUIRE_OK(load_native(files)));
    CHECK(placed.has_value() == (vendor == "native/vendor" || vendor == "a/b/vendor"));
    if (!placed) CHECK_ERROR(placed, Code::kManifestField, "go.mod is here too");
    REQUIRE_OK(check_vendor_place(REQUIRE_OK(load(files))));
  }
}

}  // namespace
}  // namespace modtool::project
