#include "cli/tasks/checks_report.hpp"

#include <algorithm>
#include <iterator>
#include <set>

#include "cli/exit_code.hpp"
#include "core/engine/each_project.hpp"

namespace modtool::tasks {
namespace {

using vendor_tool::Finding;

Finding as_finding(const Error& error) {
  Error bare = error;
  bare.where = {};
  return {.code = error.code,
          .path = error.where.file,
          .line = error.where.line,
          .message = to_line(bare),
          .fix = error.fix};
}

// Several problems are several findings.
void append_findings(const Error& error, std::vector<Finding>& findings) {
  if (error.problems.empty()) findings.push_back(as_finding(error));
  for (const auto& problem : error.problems) findings.push_back(as_finding(problem));
}

void append(ChecksReport& all, ChecksReport one, const std::string& dialect) {
  for (auto& finding : one.findings) finding.fix = finding.fix.naming(dialect);
  std::ranges::move(one.parts, std::back_inserter(all.parts));
  std::ranges::move(one.findings, std::back_inserter(all.findings));
  all.checked += one.checked;
}

}  // namespace

void ChecksReport::add(std::string part, std::vector<Finding> found) {
  parts.push_back(std::move(part));
  findings.reserve(findings.size() + found.size());  // so that those that are known stay where they are
  const auto less = [](const Finding* a, const Finding* b) { return vendor_tool::finding_less(*a, *b); };
  std::multiset<const Finding*, decltype(less)> known(less);
  for (const auto& finding : findings) known.insert(&finding);
  for (auto& finding : found) {  // two parts may look at one file
    const auto [first, last] = known.equal_range(&finding);
    if (std::any_of(first, last, [&](const Finding* same) { return *same == finding; })) continue;
    known.insert(&findings.emplace_back(std::move(finding)));
  }
}

std::vector<Finding> ChecksReport::all_findings() const {
  auto all = findings;
  for (const auto& failure : failures) append_findings(failure, all);
  return all;
}

int ChecksReport::exit_status() const {
  const int unproven = cli::exit_code_of(Code::kUnproven);
  const auto is_doubt = [](const Finding& finding) { return !finding.is_stale() && !finding.is_unavailable(); };
  if (std::ranges::any_of(findings, is_doubt)) return unproven;
  const auto breaks = [&](const Error& failure) { return cli::exit_code_of(failure.code) == unproven; };
  if (std::ranges::any_of(failures, breaks)) return unproven;
  const auto unavailable = std::ranges::find_if(findings, &Finding::is_unavailable);
  if (unavailable != findings.end()) return cli::exit_code_of(unavailable->code);
  if (!failures.empty()) return cli::exit_code_of(failures.front().code);
  return findings.empty() ? cli::kSuccess : cli::kDifferences;
}

ChecksReport report_of(const Error& error) {
  vendor_tool::Finding finding{.code = error.code,
                               .path = error.where.file.empty() ? "modtool" : error.where.file,
                               .line = error.where.line,
                               .message = to_line(error),
                               .fix = error.fix};
  return {.findings = {std::move(finding)}, .parts = {"not verified: " + to_line(error)}};
}

Result<ChecksReport> check_projects(const engine::Context& context, const std::string& manifest_file,
                                    const ProjectCheck& check) {
  MODTOOL_TRY(const auto choices, engine::choose_projects(context, manifest_file));
  MODTOOL_TRY(auto outcomes, engine::run_each<ChecksReport>(choices, check));
  ChecksReport all;
  for (auto& [choice, result] : outcomes) {
    if (result) {
      append(all, std::move(*result), engine::named_dialect(context, choice));
      continue;
    }
    all.failures.push_back(std::move(result).error());
    all.parts.push_back(engine::manifest_name_of(choice) + ": could not be checked");
  }
  return all;
}

}  // namespace modtool::tasks
