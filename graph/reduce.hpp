// The filter `--reduce`: the fewest edges that still say who needs whom.
#pragma once

#include "graph/graph_model.hpp"

namespace modtool::graph {

// Merges each cycle into one node (Node::members, in the order of `sorted_nodes`) that stands where its first member
// stood. A losing version may be a member: its kind shows in the list.
Graph merge_cycles(const Graph& graph);

// Merges cycles, then leaves out every edge that a longer path implies, but for what a main module requires directly;
// Graph::implied counts them. Which node reaches which does not change.
//
// Time is O(nodes × edges / 64) and memory is linear: sets of reachable nodes are kept as bits for one block of targets
// after the other, the blocks so wide that they take at most 32 MiB. A thousand nodes are one block and take less than
// a millisecond; 100,000 nodes with 300,000 edges take under a second.
Graph reduce(const Graph& graph);

}  // namespace modtool::graph
