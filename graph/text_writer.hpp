// The graph as `go mod graph` prints it.
#pragma once

#include <string>

#include "graph/graph_model.hpp"

namespace modtool::graph {

// A line "from to" for each edge, in the order of the graph.
std::string format_text(const Graph& graph);

}  // namespace modtool::graph
