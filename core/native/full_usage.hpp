// What a native project uses of its modules where it vendors in mode "full": every file of every selected module.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/manifest/usage.hpp"

namespace modtool::native {

// The selected versions, the main module's among them. The function and the pool outlive the analysis.
using BuildList = std::function<Result<std::vector<module::ModuleVersion>>()>;

// In modules.txt a module stands with one line below it, its own path. A directory that is another selected module's
// is no part of the module around it: each vendored file belongs to the module with the longest path. Tree errors are
// returned as they are.
std::unique_ptr<manifest::UsageAnalysis> make_full_usage(BuildList build_list, WorkerPool& pool);

}  // namespace modtool::native
