// The order in which modules are built: what a module requires comes before it.
#pragma once

#include <vector>

#include "core/module/module_version.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::engine {

// The build list, each module behind the selected versions of those that it requires, as far as they do not require
// each other; otherwise in the order of the list. However deep the graph is, no function calls itself.
std::vector<module::ModuleVersion> in_dependency_order(const resolve::ModuleGraph& graph);

}  // namespace modtool::engine
