#include "graph/selected.hpp"

#include <set>
#include <string_view>
#include <unordered_map>

#include "graph/adjacency.hpp"

namespace modtool::graph {

namespace {

bool is_selected(const Node& node) { return node.kind != NodeKind::kLosing; }

std::unordered_map<std::string_view, NodeIndex> selected_by_path(const Graph& graph) {
  std::unordered_map<std::string_view, NodeIndex> selected;
  for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
    if (is_selected(graph.nodes[i])) selected.emplace(graph.nodes[i].path, i);
  }
  return selected;
}

}  // namespace

Graph selected_only(const Graph& graph) {
  const auto selected = selected_by_path(graph);
  std::set<Edge> seen;
  Graph redirected{.nodes = graph.nodes, .edges = {}, .roots = graph.roots, .reversed = graph.reversed};
  for (const auto& edge : graph.edges) {
    const auto target = selected.find(graph.nodes[edge.to].path);
    if (target == selected.end()) continue;
    const Edge actual{edge.from, is_selected(graph.nodes[edge.to]) ? edge.to : target->second};
    if (actual.from != actual.to && seen.insert(actual).second) redirected.edges.push_back(actual);
  }
  NodeSet kept(graph.nodes.size());
  for (NodeIndex i = 0; i < kept.size(); ++i) kept[i] = is_selected(graph.nodes[i]);
  return keep_nodes(redirected, kept);
}

}  // namespace modtool::graph
