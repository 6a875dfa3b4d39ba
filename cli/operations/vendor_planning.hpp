// The vendor plan of a project: a pure function of its manifest, its sources and the trees of its modules. It is made
// when the directory is written and made again, from proven trees, when it is checked.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "cli/session.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/usage.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/vendor_plan.hpp"
#include "vendor_tool/vendor_request.hpp"

namespace modtool::cli {

// What a plan is made from. All of it outlives the planning.
struct PlanningInputs {
  const project::Project& project;
  const manifest::ReplacementTable& replacements;
  const io::FileReader& files;
  WorkerPool& pool;
  manifest::Roots roots;
  // The trees of modules, replacements applied.
  manifest::TreeOpener open;
  // The selected versions of the whole graph.
  std::function<Result<std::vector<module::ModuleVersion>>()> build_list;
  // What a module's manifest says, replacements applied.
  std::function<Result<manifest::Summary>(const module::ModuleVersion&)> summary;
  bool allow_errors = false;
};

struct Planned {
  vendor_tool::VendorPlan plan;
  std::vector<Error> errors;  // of packages, with allow_errors
};

Result<Planned> plan_project(const PlanningInputs& inputs);

// The analysis that the plan comes from, for a check that asks it for single modules.
std::unique_ptr<manifest::UsageAnalysis> usage_analysis(const PlanningInputs& inputs);

}  // namespace modtool::cli
