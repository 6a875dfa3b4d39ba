// The filter `--selected`: the versions that the build uses.
#pragma once

#include "graph/graph_model.hpp"

namespace modtool::graph {

// Without the losing versions. A requirement of a losing version becomes one of the version that was selected for its
// path, since that is what the build uses in its place; repeated edges, and edges from a node to itself that arise so,
// are left out. What losing versions require goes with them: a selected module that only they required stays, without
// an edge to it.
Graph selected_only(const Graph& graph);

}  // namespace modtool::graph
