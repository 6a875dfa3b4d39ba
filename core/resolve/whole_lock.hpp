// Whether a lock that holds the graph is whole. A lock is believed when a graph is resolved from it; what it lacks, or
// has too much, was lost or added by hand or in a merge.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::resolve {

// Whether the lock has a checksum for every version that the graph, resolved from it, selects, and no record that the
// graph does not reach. Code::kLockStale names the first module; `name` is the lock's file name, `fix` the command that
// mends it.
Result<void> check_lock_is_whole(const ModuleGraph& graph, const manifest::Modules& modules, const LockIndex& lock,
                                 const std::string& name, const Fix& fix);

}  // namespace modtool::resolve
