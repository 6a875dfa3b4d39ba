// Where the sources of a project's modules are, for people and for build tools that modtool knows nothing of.
#pragma once

#include <map>
#include <string>

#include "cli/operations/open_project.hpp"
#include "cli/session.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::cli {

// Path of a module → absolute directory. What has none is left out.
using ModuleDirectories = std::map<std::string, std::string>;

// As things are, unproven: in vendor/ where that is there; else the directory that replaces a module, or that of Go's
// module cache.
ModuleDirectories directories_at_hand(const Session& session, const OpenProject& project,
                                      const resolve::ModuleGraph& graph);

// The same, proven now as for a build; what no directory holds yet is put into the store. Errors as for prove_sources()
// and locate_modules().
Result<ModuleDirectories> proven_directories(Session& session, OpenProject& project, const resolve::ModuleGraph& graph,
                                             const std::string& dialect);

}  // namespace modtool::cli
