#include "graph/selected.hpp"

#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "graph/adjacency.hpp"

namespace modtool::graph {

namespace {

bool is_selected(const Node& node) { return node.kind != NodeKind::kLosing; }

// Each dialect selects among its own modules.
using Selected = std::map<std::pair<std::string_view, std::string_view>, NodeIndex>;

std::string_view dialect_of(const Node& node) { return node.dialects.empty() ? std::string_view() : node.dialects[0]; }

Selected selected_by_path(const Graph& graph) {
  Selected selected;
  for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
    const auto& node = graph.nodes[i];
    if (!is_selected(node)) continue;
    selected.emplace(std::pair(dialect_of(node), std::string_view(node.path)), i);
    for (const auto& dialect : node.dialects) selected.emplace(std::pair(dialect, std::string_view(node.path)), i);
  }
  return selected;
}

}  // namespace

Graph selected_only(const Graph& graph) {
  const auto selected = selected_by_path(graph);
  std::set<Edge> seen;
  Graph redirected{.nodes = graph.nodes, .edges = {}, .roots = graph.roots, .reversed = graph.reversed};
  for (const auto& edge : graph.edges) {
    const auto target = selected.find({dialect_of(graph.nodes[edge.to]), graph.nodes[edge.to].path});
    if (target == selected.end()) continue;
    const Edge actual{edge.from, is_selected(graph.nodes[edge.to]) ? edge.to : target->second};
    if (actual.from != actual.to && seen.insert(actual).second) redirected.edges.push_back(actual);
  }
  NodeSet kept(graph.nodes.size());
  for (NodeIndex i = 0; i < kept.size(); ++i) kept[i] = is_selected(graph.nodes[i]);
  return keep_nodes(redirected, kept);
}

}  // namespace modtool::graph
