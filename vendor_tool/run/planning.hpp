// The vendor plan of a project: a pure function of its manifest, its sources and what a view knows of its modules. It
// is made when the directory is written and made again, over proven modules, when it is checked: that is the proof.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/modules.hpp"
#include "core/manifest/usage.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"

namespace modtool::vendor_tool {

// All of it outlives the planning.
struct PlanOptions {
  const io::FileReader& files;  // reads the main module
  WorkerPool& pool;
  bool allow_errors = false;           // those of packages do not end the planning: VendorPlan::errors
  std::vector<std::string> with = {};  // globs of files that are vendored, too (plan/added_files.hpp)
};

// The only planner. Errors are those of the packages, told together, and of the view.
Result<VendorPlan> plan(const project::Project& project, manifest::Modules& modules, const PlanOptions& options);

// The manifest's requirements as modules.txt marks them explicit: where they are least versions, those selected.
Result<std::vector<manifest::Requirement>> indexed_requirements(const project::Project& project,
                                                                manifest::Modules& modules, WorkerPool& pool);

// The analysis that a plan comes from, for a check that asks it for single modules.
std::unique_ptr<manifest::UsageAnalysis> make_analysis(const project::Project& project, const PlanOptions& options);

}  // namespace modtool::vendor_tool
