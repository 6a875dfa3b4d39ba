#include "vendor_tool/run/verify_sources.hpp"

#include "core/engine/tidy.hpp"
#include "tests/unit/core/engine/git_workplace.hpp"

namespace modtool::vendor_tool {
namespace {

using engine::test::GitWorkplace;
using engine::test::path_of;

// Requires "lib" and "net", locked.
struct Project : GitWorkplace {
  Project() {
    release("lib", "v1.0.0");
    release("net", "v1.0.0", {{"lib", "v1.0.0"}});
    write_manifest(R"("require": { "git.example.com/o/lib": "v1.0.0", "git.example.com/o/net": "v1.0.0" })");
    REQUIRE_OK(engine::tidy(place.context, false));
  }
  Result<VerifiedSources> verify(bool upstream = false) {
    const auto opened = REQUIRE_OK(engine::OpenProject::open(
        place.context, {.command = "verify", .offline = !upstream, .use_index = false, .vendors = true}));
    return verify_sources(place.context, *opened, upstream);
  }
  void edit_lock(const std::string& from, const std::string& to) {
    auto text = read("modtool.lock");
    const auto at = text.find(from);
    REQUIRE(at != std::string::npos);
    write("modtool.lock", text.replace(at, from.size(), to));
  }
  // Lets the modules be where nothing can be fetched from.
  void move_away() { place.settings.git_config.files.clear(); }
};

const std::string kOtherHash = "h1:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=";

TEST_CASE("what is at hand is hashed, and no origin is asked") {
  const auto sources = REQUIRE_OK(Project().verify());
  CHECK(sources.hashed == 2);
  CHECK(sources.absent == 0);
  CHECK(sources.asked == 0);
  CHECK(sources.findings.empty());
}

TEST_CASE("a module with another hash than the lock has is a finding at its record, and the others are hashed") {
  Project project;
  const auto lib = project.lock().modules.at(0);
  REQUIRE(lib.module.path == path_of("lib"));
  project.edit_lock(lib.sum, kOtherHash);
  const auto sources = REQUIRE_OK(project.verify());
  CHECK(sources.hashed == 2);
  REQUIRE(sources.findings.size() == 1);
  const auto& finding = sources.findings[0];
  CHECK(finding.code == Code::kChecksumMismatch);
  CHECK(finding.path == "modtool.lock");
  CHECK(finding.line == lib.where.line);
  CHECK(finding.anchor.line == lib.where.line);
  CHECK(finding.module == "git.example.com/o/lib@v1.0.0");
  CHECK(finding.expected == kOtherHash);
  CHECK(finding.actual == lib.sum);
}

TEST_CASE("what would have to be fetched is counted, and where the origins are asked it is an error") {
  Project project;
  project.move_away();
  const auto sources = REQUIRE_OK(project.verify());
  CHECK(sources.hashed == 0);
  CHECK(sources.absent == 2);
  CHECK(sources.findings.empty());
  project.place.settings.offline = true;
  CHECK_ERROR(project.verify(true), Code::kOffline, "verifying git.example.com/o/");
}

TEST_CASE("origins are asked where they are to be, and a tag that is gone is a finding about its module alone") {
  Project project;
  CHECK(REQUIRE_OK(project.verify(true)).asked == 2);
  static_cast<void>(project.repository("net").git({"tag", "-d", "v1.0.0"}));
  const auto sources = REQUIRE_OK(project.verify(true));
  CHECK(sources.asked == 1);
  CHECK(sources.hashed == 1);
  CHECK(sources.absent == 0);
  REQUIRE(sources.findings.size() == 1);
  CHECK(sources.findings[0].module == "git.example.com/o/net@v1.0.0");
  CHECK(sources.findings[0].message.contains("refs/tags/v1.0.0 is gone"));
  const auto unasked = REQUIRE_OK(project.verify());
  CHECK(unasked.findings.empty());
}

TEST_CASE("a verification that is ended gives no verdict") {
  Project project;
  project.place.cancellation.request(Code::kInterrupted);
  CHECK_ERROR(project.verify(), Code::kInterrupted, "");
}

}  // namespace
}  // namespace modtool::vendor_tool
