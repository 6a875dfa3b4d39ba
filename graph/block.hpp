// Blocks: what the layout moves as one. Most nodes are a block of their own; leaves that the same modules require, and
// that would stand as a long column otherwise, share one.
#pragma once

#include <vector>

#include "graph/graph_model.hpp"
#include "graph/layout.hpp"
#include "graph/node_box.hpp"

namespace modtool::graph {

// Where a node's box is drawn, from the block's upper left corner.
struct Place {
  Point corner;
  Size size;
};

struct Block {
  std::vector<NodeIndex> nodes;  // in the order of `sorted_nodes`
  std::vector<Place> places;     // of each node
  Size size;

  bool is_group() const { return nodes.size() > 1; }
};

struct Blocks {
  std::vector<Block> blocks;
  // One arrow for all edges between the same two blocks, sorted.
  std::vector<Edge> arrows;
};

// Groups the nodes that require nothing and are required by exactly the same nodes, where there are at least
// kSmallestGroup of them; an arrow to a group stands for one to each of its nodes.
inline constexpr std::size_t kSmallestGroup = 4;
Blocks make_blocks(const Graph& graph, const std::vector<NodeBox>& boxes);

}  // namespace modtool::graph
