// How people name modules of a graph: `path`, `path@version`, or a glob of either such as `k8s.io/*`.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "graph/adjacency.hpp"

namespace modtool::graph {

// `*` stands for any text, slashes included, and `?` for one byte. A pattern with an `@` is compared with
// "path@version", one without with the path of every version.
bool matches(std::string_view pattern, const Node& node);

// The nodes that one of the patterns matches. A pattern that matches none is Code::kNoSuchNode, and the message names
// the nearest module; `flag` is the option the patterns were given with ("--focus").
Result<NodeSet> find_nodes(const Graph& graph, std::string_view flag, const std::vector<std::string>& patterns);

// The members of a set, ascending.
std::vector<NodeIndex> indices_of(const NodeSet& set);

}  // namespace modtool::graph
