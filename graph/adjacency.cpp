#include "graph/adjacency.hpp"

#include <numeric>

namespace modtool::graph {

namespace {

constexpr NodeIndex kGone = UINT32_MAX;

NodeIndex source(const Edge& edge, Direction direction) {
  return direction == Direction::kForward ? edge.from : edge.to;
}
NodeIndex target(const Edge& edge, Direction direction) {
  return direction == Direction::kForward ? edge.to : edge.from;
}

// Copies the kept nodes, and answers the new index of each old one.
std::vector<NodeIndex> copy_nodes(const Graph& graph, const NodeSet& kept, Graph& result) {
  std::vector<NodeIndex> renumbered(graph.nodes.size(), kGone);
  for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
    if (!kept[i]) continue;
    renumbered[i] = static_cast<NodeIndex>(result.nodes.size());
    result.nodes.push_back(graph.nodes[i]);
  }
  return renumbered;
}

}  // namespace

Adjacency::Adjacency(std::size_t node_count, std::span<const Edge> edges, Direction direction)
    : first_(node_count + 1), targets_(edges.size()) {
  for (const auto& edge : edges) ++first_[source(edge, direction) + 1];
  std::partial_sum(first_.begin(), first_.end(), first_.begin());
  std::vector<std::size_t> free_slot(first_.begin(), first_.end() - 1);
  for (const auto& edge : edges) targets_[free_slot[source(edge, direction)]++] = target(edge, direction);
}

Adjacency::Adjacency(const Graph& graph, Direction direction) : Adjacency(graph.nodes.size(), graph.edges, direction) {}

NodeSet reachable(const Adjacency& adjacency, std::span<const NodeIndex> starts, std::optional<unsigned> steps,
                  const NodeSet& closed) {
  NodeSet seen(adjacency.node_count());
  std::vector<NodeIndex> frontier;
  const auto enter = [&](NodeIndex node, std::vector<NodeIndex>& into) {
    if (seen[node] || (!closed.empty() && closed[node])) return;
    seen[node] = true;
    into.push_back(node);
  };
  for (const auto start : starts) enter(start, frontier);
  for (unsigned step = 0; !frontier.empty() && (!steps || step < *steps); ++step) {
    std::vector<NodeIndex> next_frontier;
    for (const auto node : frontier) {
      for (const auto next : adjacency.next(node)) enter(next, next_frontier);
    }
    frontier = std::move(next_frontier);
  }
  return seen;
}

Graph keep_nodes(const Graph& graph, const NodeSet& kept) {
  Graph result{.nodes = {}, .edges = {}, .roots = {}, .reversed = graph.reversed};
  const auto renumbered = copy_nodes(graph, kept, result);
  for (const auto& [from, to] : graph.edges) {
    if (kept[from] && kept[to]) result.edges.push_back({renumbered[from], renumbered[to]});
  }
  for (const auto root : graph.roots) {
    if (kept[root]) result.roots.push_back(renumbered[root]);
  }
  return result;
}

}  // namespace modtool::graph
