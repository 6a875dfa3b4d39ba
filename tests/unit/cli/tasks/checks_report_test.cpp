#include "cli/tasks/checks_report.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using tasks::ChecksReport;

namespace {

Error failure(Code code) { return Error{.code = code, .message = "no"}; }

}  // namespace

TEST_CASE("the exit status of checks is the worst of what they found") {
  struct Case {
    std::string name;
    ChecksReport report;
    int status;
  };
  const vendor_tool::Finding stale{.code = Code::kVendorStale};
  const vendor_tool::Finding modified{.code = Code::kVendorModified};
  for (const auto& [name, report, status] : {
           Case{"nothing", {}, 0},
           Case{"out of date", {.findings = {stale}}, 1},
           Case{"unproven", {.findings = {stale, modified}}, 4},
           Case{"a manifest that cannot be read", {.findings = {stale}, .failures = {failure(Code::kJsonSyntax)}}, 3},
           Case{"no network, then a bad hash",
                {.failures = {failure(Code::kOffline), failure(Code::kChecksumMismatch)}},
                4},
           Case{"a failure beside an edit", {.findings = {modified}, .failures = {failure(Code::kJsonSyntax)}}, 4},
       }) {
    INFO(name);
    CHECK(report.exit_status() == status);
    CHECK(report.all_findings().size() == report.findings.size() + report.failures.size());
  }
}

TEST_CASE("each problem of a failure is a finding at its place") {
  Error error = failure(Code::kManifestField);
  error.problems = {
      Error{.code = Code::kBadVersion, .message = "a", .where = {"m", 2, 1}, .fix = Fix::command({"mend"})},
      Error{.code = Code::kManifestField, .message = "b", .where = {"m", 3, 1}}};
  const auto findings = ChecksReport{.failures = {error}}.all_findings();
  REQUIRE(findings.size() == 2);
  CHECK(findings[0].path == "m");
  CHECK(findings[0].line == 2);
  CHECK(findings[0].message == "a");
  CHECK(findings[0].fix == Fix::command({"mend"}));
  CHECK(findings[1].line == 3);
}
