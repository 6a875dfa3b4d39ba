// The graph in the DOT language (graphviz.org/doc/info/lang.html), for Graphviz and other tools that read it.
#pragma once

#include <string>

#include "graph/graph_model.hpp"

namespace modtool::graph {

// A named digraph whose nodes have `node_id` as their ids; nodes and edges are sorted, edges stand once. Kinds differ
// in line style, shape and words, not only in colour.
std::string format_dot(const Graph& graph);

}  // namespace modtool::graph
