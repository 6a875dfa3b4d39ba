// The edges of a graph as flat arrays, for algorithms that walk them.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

#include "graph/graph_model.hpp"

namespace modtool::graph {

enum class Direction : std::uint8_t { kForward, kBackward };

// Who leads to whom, in one direction: two arrays, whatever the size of the graph.
class Adjacency {
 public:
  Adjacency(std::size_t node_count, std::span<const Edge> edges, Direction direction = Direction::kForward);
  explicit Adjacency(const Graph& graph, Direction direction = Direction::kForward);

  std::size_t node_count() const { return first_.size() - 1; }
  // In the order of the edges.
  std::span<const NodeIndex> next(NodeIndex node) const {
    return std::span(targets_).subspan(first_[node], first_[node + 1] - first_[node]);
  }

 private:
  std::vector<std::size_t> first_;  // where each node's targets begin; one more at the end
  std::vector<NodeIndex> targets_;
};

// A set of nodes, by index.
using NodeSet = std::vector<bool>;

// The nodes that can be reached from `starts`, these included, by at most `steps` edges (any number where not given),
// without entering a node of `closed` (where it is not empty). Breadth first.
NodeSet reachable(const Adjacency& adjacency, std::span<const NodeIndex> starts,
                  std::optional<unsigned> steps = std::nullopt, const NodeSet& closed = {});

// The graph of the nodes in `kept` and the edges between them; indices are renumbered, roots that are gone are left
// out.
Graph keep_nodes(const Graph& graph, const NodeSet& kept);

}  // namespace modtool::graph
