// Which vendored files modtool.sums has as left out: those that Git does not keep, if that is asked for, and those of
// before.
#pragma once

#include <optional>
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
  bool as_git_keeps = false;         // what rules keep out of Git
  const SumsFile* before = nullptr;  // what it has as left out stays so; none: nothing does
};

// The modtool.sums of before, where the project made choices in it; nothing where it is not there or is no such file,
// which is said where it had any. An error where it cannot be looked at, or is not to be replaced.
Result<std::optional<SumsFile>> choices_of_before(const engine::Context& context, const project::Project& project);

// Puts into the blocks of `sums` which of their files are left out, and gives those that rules leave out anew, with the
// rule. A file that a rule leaves out and a build may read is an error, all of them at once (Code::kVendorMissing),
// with the line that keeps it. Code::kUsage where rules are asked for outside a repository.
Result<std::vector<git::IgnoredFile>> leave_out(const engine::Context& context, const project::Project& project,
                                                const LeftOutRequest& request, SumsFile& sums);

// What is said where a repository is needed for that.
Error needs_git(const Error& none);

}  // namespace modtool::vendor_tool
