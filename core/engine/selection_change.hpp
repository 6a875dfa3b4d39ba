// What another manifest makes of the versions that are selected.
#pragma once

#include <string>
#include <vector>

#include "core/module/module_version.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::engine {

// Module versions, one a path; the main module has none and does not count.
using Versions = std::vector<module::ModuleVersion>;

// A line for each path that differs, sorted: "added a v1.0.0", "upgraded b v1.0.0 => v1.1.0", "downgraded c …",
// "removed d v1.0.0".
std::vector<std::string> describe_changes(const Versions& before, const Versions& after);

}  // namespace modtool::engine
