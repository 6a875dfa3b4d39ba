// What checks of the projects in a directory find: as a rule one project; one of each dialect where they share it.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/engine/context.hpp"
#include "core/engine/open_project.hpp"
#include "vendor_tool/proof/finding.hpp"

namespace modtool::tasks {

struct ChecksReport {
  std::vector<vendor_tool::Finding> findings;  // sorted by part, then as each part sorts
  std::vector<std::string> parts;              // a line for each part: what was checked, and how it ended
  std::vector<Error> failures;                 // of projects that could not be checked, where another one could
  std::size_t checked = 0;                     // how many modules, files and old checksums were looked at

  void add(std::string part, std::vector<vendor_tool::Finding> found);

  // The failures, too, as findings.
  std::vector<vendor_tool::Finding> all_findings() const;
  // The worst: 4 where something cannot be proven, else 5 where a source failed, else that of the first failure, else 1
  // where something is out of date, 0 otherwise.
  int exit_status() const;
};

// What kept the check from being made, for readers that look for findings: an error without one would pass unseen
// there.
ChecksReport report_of(const Error& error);

// The check of one project.
using ProjectCheck = std::function<Result<ChecksReport>(const engine::ProjectChoice& choice)>;

// Checks every project that the command is about (choose_projects). Where there are several, an error of one is a
// failure in the report, so that it hides nothing of the others; but the end of the run is an error.
Result<ChecksReport> check_projects(const engine::Context& context, const std::string& manifest_file,
                                    const ProjectCheck& check);

}  // namespace modtool::tasks
