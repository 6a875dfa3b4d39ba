// Runs over a project whose every single call to the file system fails once: what they then say and leave is true.
#include <functional>

#include "tests/support/faulty_file_system.hpp"
#include "tests/unit/vendor_tool/run/cached_project.hpp"
#include "vendor_tool/run/check_vendor.hpp"
#include "vendor_tool/run/vendor_run.hpp"
#include "vendor_tool/run/verify_cache.hpp"

namespace modtool::vendor_tool {
namespace {

using modtool::test::Fault;
using modtool::test::FaultyFileSystem;
using test::CachedProject;

// Imports "a" and a directory; requires "b", which it does not import.
struct Project : CachedProject {
  Project() {
    publish(R"(
-- a.org/a@v1.0.0/go.mod --
module a.org/a
go 1.20
require b.org/b v1.0.0
-- a.org/a@v1.0.0/a.go --
package a
-- a.org/a@v1.0.0/gen.go --
//go:build ignore

package a
-- a.org/a@v1.0.0/sub/sub.go --
package sub
-- a.org/a@v1.0.0/include/a.h --
int a(void);
-- b.org/b@v1.0.0/go.mod --
module b.org/b
-- b.org/b@v1.0.0/b.go --
package b
)");
    disk.add("/p/go.mod",
             "module m.org/m\ngo 1.22\nrequire a.org/a v1.0.0\nrequire b.org/b v1.0.0\nrequire l.org/lib v0.0.0\n"
             "replace l.org/lib => ./lib\n");
    disk.add("/p/main.go", "package main\n\nimport _ \"a.org/a\"\nimport _ \"l.org/lib\"\n");
    disk.add("/p/lib/go.mod", "module l.org/lib\ngo 1.21\n");
    disk.add("/p/lib/lib.go", "package lib\n");
  }

  Result<VendorReport> vendor(io::FileSystem& files, const VendorOptions& options = {}) {
    Place place(files);
    MODTOOL_TRY(const auto run, VendorRun::prepare(place.context, options, {}));
    return run->write();
  }
  Result<CheckReport> check(io::FileSystem& files, const CheckVendorOptions& options = {}) {
    Place place(files);
    return check_project_vendor(place.context, options);
  }
};

using Setup = std::function<void(Project&)>;

void vendor_all(Project& project) { REQUIRE_OK(project.vendor(project.disk)); }

// A vendor directory of what was imported before.
void vendor_other(Project& project) {
  const std::string now = REQUIRE_OK(project.disk.read("/p/main.go"));
  project.disk.add("/p/main.go", "package main\n\nimport _ \"a.org/a/sub\"\n");
  vendor_all(project);
  project.disk.add("/p/main.go", now);
}

// Calls `run` with a file system whose n-th call fails, for every n there is.
void for_each_fault(const std::function<void(Project&)>& setup, std::size_t fewest_calls,
                    const std::function<void(Project&, FaultyFileSystem&)>& run) {
  for (std::size_t n = 0;; ++n) {
    CAPTURE(n);
    Project project;
    setup(project);
    FaultyFileSystem files(project.disk, {.call = n, .counted = Fault::Counted::kAll});
    run(project, files);
    if (files.has_failed()) continue;
    CHECK(n >= fewest_calls);
    break;
  }
}

TEST_CASE(
    "whichever call fails, vendoring leaves the old tree or the new one, and the next run ends as if it had not") {
  VendorOptions options;
  Setup setup = [](Project&) {};
  SUBCASE("where nothing is vendored") {}
  SUBCASE("in the place of an older tree") { setup = vendor_other; }
  SUBCASE("where all is right already") { setup = vendor_all; }
  SUBCASE("of the proof alone") {
    setup = [](Project& project) {
      vendor_all(project);
      REQUIRE_OK(project.disk.remove_all("/p/modtool.sums"));
    };
    options.sums_only = true;
  }
  SUBCASE("where the project asked for further files") {
    setup = [](Project& project) {
      REQUIRE_OK(project.vendor(project.disk, {.with = {"a.org/a/include/**"}}));
      project.disk.add("/p/main.go", "package main\n\nimport _ \"a.org/a\"\n");
    };
  }
  SUBCASE("into another directory") { options.output = "copies"; }
  SUBCASE("as go does it") { options.go_face = true; }
  SUBCASE("without an exchange of directories") {
    setup = [](Project& project) {
      vendor_other(project);
      project.disk.forbid_exchange();
    };
  }
  Project whole;
  setup(whole);
  const auto before = whole.vendored();
  REQUIRE_OK(whole.vendor(whole.disk, options));
  for_each_fault(setup, 30, [&](Project& project, FaultyFileSystem& files) {
    const auto report = project.vendor(files, options);
    if (report) {
      CHECK(project.files() == whole.files());
      return;
    }
    const auto left = project.vendored();
    CHECK((left.empty() || left == before || left.contains("/p/vendor/modules.txt")));
    REQUIRE_OK(project.vendor(project.disk, options));
    CHECK(project.files() == whole.files());
  });
}

TEST_CASE("nothing is vendored that go.sum contradicts, or has no word of, and what was there stays") {
  const auto edit = [](Project& project, const std::string& from, const std::string& to) {
    auto sums = REQUIRE_OK(project.disk.read("/p/go.sum"));
    const auto at = sums.find(from);
    REQUIRE(at != std::string::npos);
    project.disk.add("/p/go.sum", sums.replace(at, sums.find('\n', at) - at, to));
  };
  const std::string hash = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";
  const struct {
    const char* name;
    std::string from;
    std::string to;
    Code code;
  } cases[] = {
      {"another hash of the files", "a.org/a v1.0.0 h1:", "a.org/a v1.0.0 " + hash, Code::kChecksumMismatch},
      {"none", "a.org/a v1.0.0 h1:", "", Code::kChecksumMissing},
      {"another hash of a go.mod", "b.org/b v1.0.0/go.mod h1:", "b.org/b v1.0.0/go.mod " + hash,
       Code::kChecksumMismatch},
      {"none of a go.mod", "b.org/b v1.0.0/go.mod h1:", "", Code::kChecksumMissing},
  };
  for (const auto& [name, from, to, code] : cases) {
    CAPTURE(name);
    Project project;
    vendor_other(project);
    edit(project, from, to);
    const auto before = project.files();
    CHECK_ERROR(project.vendor(project.disk), code, from.substr(0, from.find(' ')));
    CHECK(project.files() == before);
  }
}

TEST_CASE("a module whose files were changed in the cache is not vendored, with what mends it; go would take it") {
  Project project;
  vendor_other(project);
  const auto before = project.files();
  REQUIRE_OK(project.disk.remove_all("/cache/a.org/a@v1.0.0/a.go"));
  project.disk.add("/cache/a.org/a@v1.0.0/a.go", "package evil\n");
  for (const bool sums_only : {false, true}) {
    const auto report = project.vendor(project.disk, {.sums_only = sums_only});
    CHECK_ERROR(report, Code::kChecksumMismatch, "proving a.org/a@v1.0.0: ");
    if (!report) {
      CHECK(report.error().where.file == "go.sum");
      CHECK(to_command(report.error().fix) == "go clean -modcache");
    }
    CHECK(project.files() == before);
  }
  REQUIRE_OK(project.vendor(project.disk, {.go_face = true}));
  CHECK(project.vendored().at("/p/vendor/a.org/a/a.go") == "package evil\n");
  CHECK(!REQUIRE_OK(project.check(project.disk)).passed());
}

TEST_CASE("nothing is vendored through a link, over the project itself, or proven where nothing is vendored") {
  Project project;
  CHECK_ERROR(project.vendor(project.disk, {.output = "."}), Code::kUsage, "holds the project itself");
  CHECK_ERROR(project.vendor(project.disk, {.output = "/"}), Code::kUsage, "holds the project itself");
  CHECK_ERROR(project.vendor(project.disk, {.sums_only = true}), Code::kVendorMissing, "to write a proof for");
  REQUIRE_OK(project.vendor(project.disk, {.output = "/elsewhere/copies"}));
  CHECK(is_there(project.disk, "/elsewhere/copies/modules.txt"));
  CHECK(!is_there(project.disk, "/p/modtool.sums"));
  CHECK(project.vendored().empty());
}

// Whether a report says no more than that something cannot be looked at.
bool is_doubt(const CheckReport& report) { return !report.passed() && report.has_unproven(); }

TEST_CASE("whichever call fails, a good vendor directory is never called stale, and the check writes nothing") {
  CheckVendorOptions options;
  Setup setup = vendor_all;
  SUBCASE("with its proof") {}
  SUBCASE("against the module cache") {
    setup = [](Project& project) {
      vendor_all(project);
      REQUIRE_OK(project.disk.remove_all("/p/modtool.sums"));
    };
  }
  SUBCASE("with the directory of a replacement gone") {
    setup = [](Project& project) {
      vendor_all(project);
      REQUIRE_OK(project.disk.remove_all("/p/lib"));
    };
    options.allow_unproven = {"l.org/lib"};
  }
  for_each_fault(setup, 20, [&](Project& project, FaultyFileSystem& files) {
    const auto before = project.files();
    const auto report = project.check(files, options);
    CHECK((!report || report->passed() || is_doubt(*report)));
    CHECK(project.files() == before);
    if (!files.has_failed()) CHECK(REQUIRE_OK(project.check(project.disk, options)).passed());
  });
}

TEST_CASE("whichever call fails, a vendor directory that was changed does not pass") {
  struct Change {
    const char* name;
    Setup make;
  };
  const Change changes[] = {
      {"a file edited", [](Project& p) { p.disk.add("/p/vendor/a.org/a/a.go", "package evil\n"); }},
      {"a file more", [](Project& p) { p.disk.add("/p/vendor/a.org/a/z.go", "package a\n"); }},
      {"a file of a directory's copy", [](Project& p) { p.disk.add("/p/vendor/l.org/lib/lib.go", "package evil\n"); }},
      {"the proof", [](Project& p) { p.disk.add("/p/modtool.sums", "modtool.sums 1\n"); }},
      {"the manifest", [](Project& p) { p.disk.add("/p/main.go", "package main\n\nimport _ \"a.org/a/sub\"\n"); }},
  };
  for (const auto& [name, make] : changes) {
    CAPTURE(name);
    const Setup setup = [&](Project& project) {
      vendor_all(project);
      make(project);
    };
    for_each_fault(setup, 10, [&](Project& project, FaultyFileSystem& files) {
      const auto report = project.check(files);
      CHECK((!report || !report->passed()));
    });
  }
}

Result<VerifyCacheReport> verify_cache(io::FileSystem& files, bool go_face) {
  CachedProject::Place place(files);
  return verify_project_cache(place.context, {.manifest_file = "", .go_face = go_face});
}

TEST_CASE("whichever call fails, a changed cache is not good, and of a good one nothing is called changed") {
  bool go_face = false;
  SUBCASE("against go.sum") {}
  SUBCASE("as go looks at it") { go_face = true; }
  Project good;
  vendor_all(good);
  const auto whole = REQUIRE_OK(verify_cache(good.disk, go_face));
  CHECK(whole.problems.empty());
  for_each_fault(vendor_all, 10, [&](Project&, FaultyFileSystem& files) {
    const auto report = verify_cache(files, go_face);
    if (!report) return;
    for (const auto& problem : report->problems) CHECK(problem.code != Code::kChecksumMismatch);
    CHECK((!report->problems.empty() || report->checked == whole.checked));
  });
  const Setup changed = [](Project& project) {
    vendor_all(project);
    project.disk.add("/cache/a.org/a@v1.0.0/a.go", "package evil\n");
  };
  for_each_fault(changed, 10, [&](Project&, FaultyFileSystem& files) {
    const auto report = verify_cache(files, go_face);
    CHECK((!report || !report->problems.empty()));
  });
}

}  // namespace
}  // namespace modtool::vendor_tool
