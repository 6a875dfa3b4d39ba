// Which vendored files modtool.sums has as left out: those that Git does not keep, if that is asked for, and those of
// before.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/git/git_keeping.hpp"
#include "core/manifest/modules.hpp"
#include "core/manifest/usage.hpp"
#include "core/project/project.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

struct LeftOutRequest {
  const VendorPlan& plan;
  manifest::Modules& modules;  // gives the trees that are vendored
  manifest::UsageAnalysis& analysis;
  bool as_git_keeps = false;  // what rules keep out of Git
  bool all_files = false;     // nothing of before
};

// Puts into the blocks of `sums` which of their files are left out, and gives those that rules leave out anew, with the
// rule. A file that a rule leaves out and a build may read is an error, all of them at once (Code::kVendorMissing),
// with the line that keeps it. Code::kUsage where rules are asked for outside a repository.
Result<std::vector<git::IgnoredFile>> leave_out(const engine::Context& context, const project::Project& project,
                                                const LeftOutRequest& request, SumsFile& sums);

// What is said where a repository is needed for that.
Error needs_git(const Error& none);

}  // namespace modtool::vendor_tool
