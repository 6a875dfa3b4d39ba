// What another manifest makes of the versions that are selected.
#pragma once

#include <string>
#include <vector>

#include "core/module/module_version.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::engine {

// Module versions, one a path; the main module has none and does not count.
using Versions = std::vector<module::ModuleVersion>;

struct SelectionChange {
  std::string path;
  std::string before;  // the version; empty: it was not selected
  std::string after;   // likewise
};

// What differs, sorted by path.
std::vector<SelectionChange> changes_between(const Versions& before, const Versions& after);

// A line for each: "added a v1.0.0", "upgraded b v1.0.0 => v1.1.0", "downgraded c …",
// "removed d v1.0.0".
std::vector<std::string> describe_changes(const std::vector<SelectionChange>& changes);

}  // namespace modtool::engine
