// One graph of several: of the projects that stand in one directory, and of what joins them.
#pragma once

#include <vector>

#include "graph/graph_model.hpp"

namespace modtool::graph {

// The nodes and edges of all, in their order. Nodes of one id are one: of the first of their kinds (NodeKind's order),
// and of the dialects of each.
Graph merge_graphs(const std::vector<Graph>& graphs);

}  // namespace modtool::graph
