// Runs over a native project on the disk, whose every single call to the file system fails once.
#include <functional>

#include "core/engine/tidy.hpp"
#include "tests/support/faulty_file_system.hpp"
#include "tests/unit/core/engine/git_workplace.hpp"
#include "vendor_tool/run/check_vendor.hpp"
#include "vendor_tool/run/git_notes.hpp"
#include "vendor_tool/run/vendor_run.hpp"
#include "vendor_tool/run/verify_sources.hpp"

namespace modtool::vendor_tool {
namespace {

using engine::test::GitWorkplace;
using engine::test::path_of;
using engine::test::Workplace;
using modtool::test::Fault;
using modtool::test::FaultyFileSystem;

// Requires "net", which requires "lib", and "lib", patched; a directory stands in for "own".
struct Project : GitWorkplace {
  Project() {
    release("lib", "v1.0.0");
    release("net", "v1.0.0", {{"lib", "v1.0.0"}});
    write("own/modtool.json", R"({"schema": 1, "module": ")" + path_of("own") + "\"}\n");
    write("own/own.c", "int own;\n");
    write("lib.patch", "--- a/lib.c\n+++ b/lib.c\n@@ -1 +1 @@\n-v1.0.0\n+patched\n");
    write_manifest(R"("require": {
    "git.example.com/o/lib": "v1.0.0", "git.example.com/o/net": "v1.0.0", "git.example.com/o/own": "v1.0.0"
  },
  "replace": { "git.example.com/o/own": { "dir": "./own" } },
  "describe": { "git.example.com/o/lib": { "patches": ["lib.patch"] } })");
    REQUIRE_OK(engine::tidy(place.context, false));
    REQUIRE_OK(vendor(io::disk()));
  }

  // The place of a run over files that may fail.
  std::unique_ptr<Workplace> over(io::FileSystem& files) const {
    auto other = std::make_unique<Workplace>(files, place.settings.directory);
    other->settings = place.settings;
    return other;
  }
  Result<VendorReport> vendor(io::FileSystem& files) const {
    const auto where = over(files);
    const VendorOptions options;  // the run refers to them
    MODTOOL_TRY(const auto run, VendorRun::prepare(where->context, options, {}));
    return run->write();
  }
  Result<CheckReport> check(io::FileSystem& files) const { return check_project_vendor(over(files)->context, {}); }
};

// Calls `run` with files whose n-th call fails, for every n there is.
void for_each_fault(std::size_t fewest_calls, const std::function<void(FaultyFileSystem&)>& run) {
  for (std::size_t n = 0;; ++n) {
    CAPTURE(n);
    FaultyFileSystem files(io::disk(), {.call = n, .counted = Fault::Counted::kAll});
    run(files);
    if (files.has_failed()) continue;
    CHECK(n >= fewest_calls);
    break;
  }
}

TEST_CASE("whichever call fails, vendoring a native project leaves nothing that the next run does not mend") {
  Project project;
  const std::string proof = project.read("modtool.sums");
  for_each_fault(30, [&](FaultyFileSystem& files) {
    project.write("vendor/modules.txt", "");  // so that there is something to do
    const auto report = project.vendor(files);
    if (!report) REQUIRE_OK(project.vendor(io::disk()));
    CHECK(project.read("modtool.sums") == proof);
    CHECK(project.read("vendor/" + path_of("lib") + "/lib.c") == "patched\n");
    CHECK(REQUIRE_OK(project.check(io::disk())).passed());
  });
}

TEST_CASE("whichever call fails, a good native tree is never called stale, and a changed one does not pass") {
  Project project;
  bool is_good = false;
  SUBCASE("good") { is_good = true; }
  SUBCASE("a file edited") { project.write("vendor/" + path_of("net") + "/net.c", "evil\n"); }
  SUBCASE("the patch edited") { project.write("lib.patch", "--- a/lib.c\n+++ b/lib.c\n@@ -1 +1 @@\n-v1.0.0\n+evil\n"); }
  SUBCASE("a requirement taken out of the lock") {
    auto lock = project.read("modtool.lock");
    const auto at = lock.find(R"(,"require":)");
    REQUIRE(at != std::string::npos);
    project.write("modtool.lock", lock.erase(at, lock.find('}', lock.find('}', at) + 1) - at));
  }
  CHECK((project.check(io::disk()).has_value() && project.check(io::disk())->passed()) == is_good);
  for_each_fault(8, [&](FaultyFileSystem& files) {
    const auto report = project.check(files);
    if (!report) return;
    CHECK((is_good || !report->passed()));
    CHECK((!is_good || report->passed() || report->has_unproven()));
  });
}

TEST_CASE("whichever call fails, nothing is said of a file that Git would keep") {
  Project project;
  static_cast<void>(project.repository("lib").git({"init", "--quiet", project.place.settings.directory}));
  project.write(".gitignore", "own.c\n");
  project.write(".gitattributes", "*.json text eol=crlf\n");
  const auto notes = [&](io::FileSystem& files) { return git_notes(project.over(files)->context, "", {}); };
  const auto whole = REQUIRE_OK(notes(io::disk()));
  REQUIRE(whole.size() == 2);
  for_each_fault(10, [&](FaultyFileSystem& files) {
    const auto told = notes(files);
    if (!told) return;
    for (const auto& note : *told) {
      CHECK((note == whole[0] || note.starts_with("a clone would have other bytes")));
      CHECK(!note.contains("/net.c"));
    }
  });
}

}  // namespace
}  // namespace modtool::vendor_tool
