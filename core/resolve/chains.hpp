// Why a module is in the graph: the chains of requirements that lead to it.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/module/module_version.hpp"
#include "core/resolve/module_graph.hpp"

namespace modtool::resolve {

// From the main module to the wanted one, both included.
using Chain = std::vector<module::ModuleVersion>;

// Its modules as "path@version".
std::vector<std::string> names_of(const Chain& chain);

// Paths that the main module requires for others alone (`// indirect`): such a line explains nothing, so a chain begins
// with it only where there is no other.
using ForOthers = std::set<std::string, std::less<>>;

// A shortest chain to each version of the path that something requires, in ascending order of the versions; among
// equally short ones the first in the order of the manifests. Empty where the graph does not hold the path.
std::vector<Chain> shortest_chains(const ModuleGraph& graph, std::string_view path, const ForOthers& for_others = {});

// For every requirement on the path a shortest chain that ends in it, sorted by what requires it.
std::vector<Chain> chains_through_every_requirement(const ModuleGraph& graph, std::string_view path);

}  // namespace modtool::resolve
