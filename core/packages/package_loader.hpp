// Loads the packages of a project.
#pragma once

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/packages/package_graph.hpp"
#include "core/packages/package_request.hpp"
#include "core/packages/tree_cache.hpp"

namespace modtool::packages {

// The closure of a project's packages, with every build tag but `ignore` taken as given. Problems of single packages
// are theirs; fails only where the main module cannot be walked, or where go.mod lists too little for pruning (before
// go 1.17) and the graph cannot be loaded. Trees are opened through `trees`, which keeps them. Reads nothing but the
// main module's Go files and, of each dependency that is imported, its manifest and the Go files that are no tests. The
// build list is asked for at most once.
Result<PackageGraph> load_packages(const PackageRequest& request, manifest::Modules& modules, TreeCache& trees,
                                   WorkerPool& pool);

}  // namespace modtool::packages
