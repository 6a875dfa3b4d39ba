#include "cli/operations/checks_report.hpp"

#include <algorithm>
#include <iterator>

#include "cli/exit_code.hpp"
#include "cli/operations/each_project.hpp"

namespace modtool::cli {
namespace {

using vendor_tool::Finding;

Finding as_finding(const Error& error) {
  Error bare = error;
  bare.where = {};
  return {.code = error.code,
          .path = error.where.file,
          .line = error.where.line,
          .message = to_line(bare),
          .hint = error.hint};
}

// Several problems are several findings.
void append_findings(const Error& error, std::vector<Finding>& findings) {
  if (error.problems.empty()) findings.push_back(as_finding(error));
  for (const auto& problem : error.problems) findings.push_back(as_finding(problem));
}

void append(ChecksReport& all, ChecksReport one, const std::string& dialect) {
  for (auto& part : one.parts) part = with_dialect(part, dialect);
  for (auto& finding : one.findings) finding.hint = with_dialect(finding.hint, dialect);
  std::ranges::move(one.parts, std::back_inserter(all.parts));
  std::ranges::move(one.findings, std::back_inserter(all.findings));
  all.checked += one.checked;
}

}  // namespace

void ChecksReport::add(std::string part, std::vector<Finding> found) {
  parts.push_back(std::move(part));
  std::ranges::move(found, std::back_inserter(findings));
}

std::vector<Finding> ChecksReport::all_findings() const {
  auto all = findings;
  for (const auto& failure : failures) append_findings(failure, all);
  return all;
}

int ChecksReport::exit_status() const {
  const int unproven = exit_code_of(Code::kUnproven);
  if (!std::ranges::all_of(findings, &Finding::is_stale)) return unproven;
  const auto breaks = [&](const Error& failure) { return exit_code_of(failure.code) == unproven; };
  if (std::ranges::any_of(failures, breaks)) return unproven;
  if (!failures.empty()) return exit_code_of(failures.front().code);
  return findings.empty() ? kSuccess : kDifferences;
}

ChecksReport report_of(const Error& error) {
  vendor_tool::Finding finding{.code = error.code,
                               .path = error.where.file.empty() ? "modtool" : error.where.file,
                               .line = error.where.line,
                               .message = to_line(error),
                               .hint = error.hint};
  return {.findings = {std::move(finding)}, .parts = {"not verified: " + to_line(error)}};
}

Result<ChecksReport> check_projects(const Session& session, const std::string& manifest_file,
                                    const ProjectCheck& check) {
  MODTOOL_TRY(auto outcomes, run_each<ChecksReport>(session, dialects_here(session, manifest_file), check));
  ChecksReport all;
  for (auto& [dialect, result] : outcomes) {
    if (result) {
      append(all, std::move(*result), dialect.empty() ? session.global.dialect : dialect);
      continue;
    }
    all.failures.push_back(std::move(result).error());
    all.parts.push_back(manifest_name_of(session, dialect) + ": could not be checked");
  }
  return all;
}

}  // namespace modtool::cli
