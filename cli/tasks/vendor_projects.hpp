// `vendor`: the vendor directory of a project, planned from its imports and put in place.
#pragma once

#include <vector>

#include "core/base/result.hpp"
#include "core/engine/context.hpp"
#include "vendor_tool/run/vendor_run.hpp"

namespace modtool::tasks {

// A report for each project that the command is about (choose_projects). Nothing is written before all of them are
// planned and proven; each is then put in place in one step, and an error of one tells what became of the others.
// With `sums_only` no vendor directory is touched: only what an earlier run that was ended left half done is completed.
Result<std::vector<vendor_tool::VendorReport>> vendor_projects(const engine::Context& context,
                                                               const vendor_tool::VendorOptions& options);

}  // namespace modtool::tasks
