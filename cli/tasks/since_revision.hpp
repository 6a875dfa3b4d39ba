// `verify --since REV`: what became of a project's lock and manifest since a revision that was reviewed.
#pragma once

#include <string>

#include "cli/tasks/checks_report.hpp"
#include "core/engine/context.hpp"
#include "core/project/project.hpp"

namespace modtool::tasks {

// A finding for each hash and each field of a known module that was changed. What is new came with the change, and is
// counted and named: replacements and what stands in first.
// Code::kUnknownVersion, with what brings it, where the revision is not here.
Result<void> check_since(const engine::Context& context, const project::Project& project, const std::string& revision,
                         ChecksReport& report);

}  // namespace modtool::tasks
