// The vendor plan of a project: a pure function of its manifest, its sources and the trees of its modules. It is made
// when the directory is written and made again, from proven trees, when it is checked.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/operations/vendor_recording.hpp"
#include "cli/session.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/usage.hpp"
#include "core/project/project.hpp"
#include "core/resolve/module_graph.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/plan/vendor_request.hpp"

namespace modtool::cli {

// What a plan is made from. All of it outlives the planning.
struct PlanningInputs {
  const project::Project& project;
  const manifest::ReplacementTable& replacements;
  const io::FileReader& files;
  WorkerPool& pool;
  resolve::SummaryReader& summaries;
  // The trees of modules, replacements applied.
  manifest::TreeOpener open;
  // Where imports may also be looked for that no root provides: the module graph, for messages that say what is
  // missing. A check has no graph, and needs none: what is used must be a root.
  bool has_graph = true;
  // Where a module's files are, for messages. May be empty.
  std::function<std::string(const module::ModuleVersion&)> directory_of = {};
  bool allow_errors = false;
};

struct Planned {
  vendor_tool::VendorPlan plan;
  std::vector<Error> errors;  // of packages, with allow_errors
};

// `log` gets the manifests that the plan depends on.
Result<Planned> plan_project(const PlanningInputs& inputs, ManifestLog& log);

// The manifest's requirements as modules.txt marks them explicit: where they are least versions, those selected.
std::vector<manifest::Requirement> indexed_requirements(const PlanningInputs& inputs);

// The analysis that the plan comes from, for a check that asks it for single modules.
std::unique_ptr<manifest::UsageAnalysis> usage_analysis(const PlanningInputs& inputs, ManifestLog& log);

}  // namespace modtool::cli
