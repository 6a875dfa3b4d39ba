// Which files a run vendors beyond the dialect's choice (plan/added_files.hpp), and which it might have to.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/modules.hpp"
#include "core/manifest/usage.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"

namespace modtool::vendor_tool {

// What is asked of a run. A glob may have the vendor directory in front, as a shell completes it.
struct GlobChange {
  std::vector<std::string> with;
  std::vector<std::string> without;
};

// The globs to vendor by, sorted: those recorded so far, less some, and others. Code::kUsage for what is no glob, for
// one that is to go and is not recorded, and where modules are vendored whole (of several projects, that one does
// without).
Result<std::vector<std::string>> choose_globs(const project::Project& project, std::vector<std::string> recorded,
                                              const GlobChange& change);

struct WithQuestion {
  const VendorPlan& plan;
  manifest::Modules& modules;  // gives the trees that are vendored
  manifest::UsageAnalysis& analysis;
};

struct TakenGlob {
  std::string glob;
  std::size_t files = 0;  // of the plan, taken by it
  bool is_new = false;
};

// How many files each glob takes. Code::kUsage for one that was not recorded and takes none, with the reason.
Result<std::vector<TakenGlob>> taken_globs(const WithQuestion& question, const std::vector<std::string>& globs,
                                           const std::vector<std::string>& recorded);

// Files that builds of a package read, as its sources tell, and that the plan does not have.
struct LostFiles {
  std::string package;             // its import path
  std::vector<std::string> files;  // destinations, sorted
  std::vector<std::string> globs;  // what takes them
};

Result<std::vector<LostFiles>> find_lost_files(const WithQuestion& question);

}  // namespace modtool::vendor_tool
