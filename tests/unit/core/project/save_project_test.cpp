#include "core/project/save_project.hpp"

#include "tests/support/check.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::project {
namespace {

Project project_at(const std::string& manifest) {
  return {.root = "/p", .manifest_path = "/p/modtool.json", .lock_path = "/p/modtool.lock", .manifest_text = manifest};
}

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
    CHECK(disk.files() == (saved ? kNew : kOld));
    if (!files.has_failed()) break;
    CHECK_FALSE(saved.has_value());
  }
}

TEST_CASE("a lock that was not there is gone again where the manifest cannot be written") {
  test::MemoryFileSystem disk;
  disk.add("/p/modtool.json", "old json");
  test::FaultyFileSystem files(disk, {.call = 1});
  CHECK_FALSE(save_project(files, project_at("old json"), "new json", "new lock").has_value());
  CHECK(disk.files() == Files{{"/p/modtool.json", "old json"}});
}

TEST_CASE("a run that is killed in between leaves the manifest as it was") {
  for (std::size_t call = 0; call < 3; ++call) {
    test::MemoryFileSystem disk;
    add_all(disk, kOld);
    test::FaultyFileSystem files(disk, {.call = call, .lasting = test::Fault::Lasting::kFromThenOn});
    const auto saved = save_project(files, project_at("old json"), "new json", "new lock");
    CHECK(disk.files()["/p/modtool.json"] == (saved ? "new json" : "old json"));
  }
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
