// The module graph of a project, over any view of its modules.
#pragma once

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/manifest/modules.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::project {

// What the graph is loaded from. `manifest` is the project's, or one that takes its place and requires something else.
resolve::GraphInputs graph_inputs(const Project& project, const manifest::Manifest& manifest,
                                  manifest::Modules& modules, WorkerPool& pool);

// What makes a lock anew.
Fix relocking();

// Whether the lock that the graph was resolved from is whole (resolve/whole_lock). Without a lock that holds the graph
// there is nothing to check. Code::kLockStale.
Result<void> check_whole(const Project& project, const resolve::LockIndex* lock, const resolve::ModuleGraph& graph,
                         const manifest::Modules& modules);

// The selected versions of the graph as the manifest requires it, its roots not raised, as vendoring and proofs
// resolve; from a `lock` that holds the graph it has to be whole.
Result<std::vector<module::ModuleVersion>> load_build_list(const Project& project, const resolve::LockIndex* lock,
                                                           manifest::Modules& modules, WorkerPool& pool);

}  // namespace modtool::project
