// Makes room for a version that is lower than what the graph would select: whatever else the project requires is
// lowered to its newest version that does not ask for more, or dropped where there is none (research.swtch.com/vgo-mvs,
// "Downgrading").
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/module/module_version.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::resolve {

struct LoweredRoot {
  module::ModuleVersion module;  // as it was required
  std::string version;           // as it is now; empty: it is dropped
  module::ModuleVersion asks;    // what it asked for, and is not to be
};

struct LoweringInputs {
  // The graph of a project that requires just these.
  std::function<Result<ModuleGraph>(const std::vector<module::ModuleVersion>&)> load;
  // The versions of a root that may take its place, ascending; older ones are tried from the newest on.
  std::function<Result<std::vector<std::string>>(const std::string& path)> versions;
  std::function<int(std::string_view path, std::string_view a, std::string_view b)> compare;
};

// `wanted` are modules at the versions that are to be selected; an empty version: the graph is not to hold the path.
// Gives the roots that had to change, in their order; those of `wanted` are never changed. Code::kRequestConflict
// where one wanted module asks for more of another.
Result<std::vector<LoweredRoot>> lower_roots(const std::vector<module::ModuleVersion>& roots,
                                             const std::vector<module::ModuleVersion>& wanted,
                                             const LoweringInputs& inputs);

}  // namespace modtool::resolve
