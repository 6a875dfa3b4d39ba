// The graph as lines of text: the format of `go mod graph`.
#pragma once

#include <string>

#include "graph/graph_model.hpp"

namespace modtool::graph {

// A line for each edge, in the order of the graph: the ids of both ends with a space between. Unfiltered, these are the
// bytes of `go mod graph`.
std::string format_text(const Graph& graph);

}  // namespace modtool::graph
