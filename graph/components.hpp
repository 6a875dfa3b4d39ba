// Strongly connected components: the cycles of a graph.
#pragma once

#include "graph/adjacency.hpp"

namespace modtool::graph {

// The component of each node. Numbers are in reverse topological order: an edge between two components leads from the
// greater number to the smaller.
struct Components {
  std::vector<NodeIndex> of;
  std::size_t count = 0;
};

// In time and memory proportional to the graph, however deep it is.
Components find_components(const Adjacency& adjacency);

}  // namespace modtool::graph
