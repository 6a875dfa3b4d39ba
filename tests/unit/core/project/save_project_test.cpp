#include "core/project/save_project.hpp"

#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::project {
namespace {

Project project_at(const std::string& manifest) {
  return {.root = "/p", .manifest_path = "/p/modtool.json", .lock_path = "/p/modtool.lock", .manifest_text = manifest};
}

ProjectRoot root() { return {.directory = "/p", .rows = dialects({.go = "1.26", .modtool = "0.1.0"})}; }

using Files = std::map<std::string, std::string>;

const Files kOld = {{"/p/modtool.json", "old json"}, {"/p/modtool.lock", "old lock"}};
const Files kNew = {{"/p/modtool.json", "new json"}, {"/p/modtool.lock", "new lock"}};

void add_all(test::MemoryFileSystem& files, const Files& these) {
  for (const auto& [path, bytes] : these) files.add(path, bytes);
}

TEST_CASE("a failure leaves both files as they were, whichever write it hits") {
  for (std::size_t call = 0;; ++call) {
    test::MemoryFileSystem disk;
    add_all(disk, kOld);
    test::FaultyFileSystem files(disk, {.call = call});
    const auto saved = save_project(files, project_at("old json"), "new json", "new lock");
    INFO("call " << call);
    // A journal that could not be removed is of no account: the next run finds that both files are new.
    REQUIRE_OK(complete_save(disk, {}, root()));
    CHECK(disk.files() == (saved ? kNew : kOld));
    if (!files.has_failed()) break;
  }
}

TEST_CASE("a lock that was not there is gone again where the manifest cannot be written") {
  test::MemoryFileSystem disk;
  disk.add("/p/modtool.json", "old json");
  test::FaultyFileSystem files(disk, {.call = 2});  // the journal, the lock, the manifest
  CHECK_FALSE(save_project(files, project_at("old json"), "new json", "new lock").has_value());
  CHECK(disk.files() == Files{{"/p/modtool.json", "old json"}});
}

// The disk as a run leaves it that ends at its `call`th change.
void save_until(test::MemoryFileSystem& disk, std::size_t call) {
  test::FaultyFileSystem files(disk, {.call = call, .lasting = test::Fault::Lasting::kFromThenOn});
  static_cast<void>(save_project(files, project_at("old json"), "new json", "new lock"));
}

TEST_CASE("what a run that was killed had begun is completed by the next one, wherever it ended") {
  for (std::size_t call = 0; call < 5; ++call) {
    INFO("call " << call);
    test::MemoryFileSystem disk;
    add_all(disk, kOld);
    save_until(disk, call);
    REQUIRE_OK(complete_save(disk, {}, root()));
    CHECK(disk.files() == (call == 0 ? kOld : kNew));
    disk.clear_paths();
    REQUIRE_OK(complete_save(disk, {}, root()));
    CHECK(disk.written_paths().empty());
  }
}

TEST_CASE("a journal that does not fit the files is removed, and they stay") {
  test::MemoryFileSystem disk;
  add_all(disk, kOld);
  save_until(disk, 2);  // the lock is new, the manifest is not
  REQUIRE_OK(disk.write_atomic("/p/modtool.json", "edited by hand"));
  REQUIRE_OK(complete_save(disk, {}, root()));
  CHECK(disk.files() == Files{{"/p/modtool.json", "edited by hand"}, {"/p/modtool.lock", "new lock"}});
}

TEST_CASE("a journal that came with a checkout changes nothing") {
  const auto journal = [](const std::string& text) {
    test::MemoryFileSystem disk;
    add_all(disk, kOld);
    disk.add("/x", "x");
    disk.add("/p/.modtool.journal", text);
    REQUIRE_OK(complete_save(disk, {}, root()));
    auto files = disk.files();
    files.erase("/x");
    CHECK(files == kOld);
  };
  journal("modtool journal v1\n1700000000000000000 8 modtool.lock\nnew lock\n");
  journal("modtool journal v1\n- 8 modtool.lock\nnew lock\n");
  journal("modtool journal v1\n- 5 ../y\nnew y\n");
  journal("modtool journal v1\n- 99 y\nshort\n");
  journal("modtool journal v1\n- 5 y");
  journal("something else");
}

TEST_CASE("a file that does not change is not written") {
  test::MemoryFileSystem files;
  add_all(files, kOld);
  REQUIRE_OK(save_project(files, project_at("old json"), "old json", "new lock"));
  CHECK(files.written_paths() == std::vector<std::string>{"/p/modtool.lock"});
  files.clear_paths();
  REQUIRE_OK(save_project(files, project_at("old json"), "new json", "new lock"));
  CHECK(files.written_paths() == std::vector<std::string>{"/p/modtool.json"});
}

}  // namespace
}  // namespace modtool::project
