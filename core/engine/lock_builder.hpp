// Makes the lock of a resolved graph.
#pragma once

#include <string>
#include <vector>

#include "core/engine/open_project.hpp"
#include "core/manifest/lock.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::engine {

struct BuiltLock {
  manifest::Lock lock;
  std::vector<std::string> notes;  // what was left out of modules
};

// Reads and hashes every selected module that is not replaced by a directory. The project's dialect locks the graph;
// the manifest, which the graph was loaded for, may require something else than the project's does on disk.
Result<BuiltLock> build_lock(const Context& context, OpenProject& project, const manifest::Manifest& manifest,
                             const resolve::ModuleGraph& graph);

}  // namespace modtool::engine
