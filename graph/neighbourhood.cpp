#include "graph/neighbourhood.hpp"

#include <algorithm>
#include <functional>

#include "graph/pattern.hpp"

namespace modtool::graph {

namespace {

NodeSet both_of(const NodeSet& a, const NodeSet& b) {
  NodeSet result(a.size());
  std::transform(a.begin(), a.end(), b.begin(), result.begin(), std::logical_and<>{});
  return result;
}

NodeSet either_of(const NodeSet& a, const NodeSet& b) {
  NodeSet result(a.size());
  std::transform(a.begin(), a.end(), b.begin(), result.begin(), std::logical_or<>{});
  return result;
}

NodeSet inverse_of(NodeSet set) {
  set.flip();
  return set;
}

bool is_empty(const NodeSet& set) { return std::ranges::none_of(set, std::identity{}); }

// Everything within so many edges of the starts, in one direction or in both.
NodeSet around(const Graph& graph, std::span<const NodeIndex> starts, bool both_ways, std::optional<unsigned> steps) {
  auto ahead = reachable(Adjacency(graph), starts, steps);
  if (!both_ways) return ahead;
  return either_of(ahead, reachable(Adjacency(graph, Direction::kBackward), starts, steps));
}

// The nodes that the set reaches, or that reach it; all nodes where the set is empty.
NodeSet side_of(const Graph& graph, const NodeSet& set, Direction direction) {
  if (is_empty(set)) return NodeSet(graph.nodes.size(), true);
  return reachable(Adjacency(graph, direction), indices_of(set));
}

Graph with_roots(Graph graph, std::vector<NodeIndex> roots) {
  graph.roots = std::move(roots);
  return graph;
}

}  // namespace

Graph focus_on(const Graph& graph, const NodeSet& focus) {
  const auto starts = indices_of(focus);
  return keep_nodes(with_roots(graph, starts), around(graph, starts, !graph.reversed, std::nullopt));
}

Result<Graph> between(const Graph& graph, const NodeSet& from, const NodeSet& to) {
  const auto kept = both_of(side_of(graph, from, Direction::kForward), side_of(graph, to, Direction::kBackward));
  if (is_empty(kept)) return fail(Code::kNoSuchNode, "no path of requirements leads from `--from` to `--to`");
  return keep_nodes(with_roots(graph, indices_of(from)), kept);
}

Result<Graph> prune(const Graph& graph, const NodeSet& gone) {
  const auto mains = start_nodes(graph);
  for (const auto main : mains) {
    if (gone[main]) return fail(Code::kUsage, "--prune: `" + node_id(graph.nodes[main]) + "` is the main module");
  }
  const Adjacency adjacency(graph);
  // What the main modules did not reach to begin with is not something that a pruned module brought in.
  const auto independent = both_of(inverse_of(reachable(adjacency, mains)), inverse_of(gone));
  auto starts = indices_of(independent);
  starts.insert(starts.end(), mains.begin(), mains.end());
  return keep_nodes(graph, reachable(adjacency, starts, std::nullopt, gone));
}

Graph limit_depth(const Graph& graph, unsigned steps) {
  const bool has_focus = !graph.roots.empty() && !graph.reversed;
  return keep_nodes(graph, around(graph, start_nodes(graph), has_focus, steps));
}

}  // namespace modtool::graph
