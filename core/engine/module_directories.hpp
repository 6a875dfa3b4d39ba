// Where the sources of a project's modules are, for people and for build tools that modtool knows nothing of.
#pragma once

#include <map>
#include <string>

#include "core/engine/context.hpp"
#include "core/engine/open_project.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::engine {

// Path of a module → absolute directory. What has none is left out.
using ModuleDirectories = std::map<std::string, std::string>;

// As things are, unproven: in vendor/ where that is there; else the directory that replaces a module, or that of Go's
// module cache.
Result<ModuleDirectories> directories_at_hand(const Context& context, const OpenProject& project,
                                              const resolve::ModuleGraph& graph);

}  // namespace modtool::engine
