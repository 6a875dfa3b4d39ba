// What a native project uses of its modules where it vendors in mode "full": every file of every selected module, but
// for .gitignore and .gitattributes. Copied along, they would have Git leave files out of the project's next commit, or
// change them, and no clone of it could be proven.
#pragma once

#include <memory>

#include "core/base/worker_pool.hpp"
#include "core/manifest/usage.hpp"

namespace modtool::native {

// In modules.txt a module stands with one line below it, its own path. A directory that is another selected module's
// is no part of the module around it: each vendored file belongs to the module with the longest path. Tree errors are
// returned as they are. The pool outlives the analysis.
std::unique_ptr<manifest::UsageAnalysis> make_full_usage(WorkerPool& pool);

}  // namespace modtool::native
