#include "graph/graph_model.hpp"

#include <algorithm>
#include <numeric>

#include "core/base/text.hpp"

namespace modtool::graph {

namespace {

std::vector<NodeIndex> positions_in(const std::vector<NodeIndex>& order) {
  std::vector<NodeIndex> position(order.size());
  for (NodeIndex i = 0; i < order.size(); ++i) position[order[i]] = i;
  return position;
}

}  // namespace

std::string node_id(const Node& node) {
  if (!node.is_cycle()) return node.version.empty() ? node.path : node.path + "@" + node.version;
  std::vector<std::string> ids;
  ids.reserve(node.members.size());
  for (const auto& member : node.members) ids.push_back(node_id(member));
  return join(ids, ",");
}

std::string replacement_text(const Node& node) {
  const auto& [path, version] = node.replacement;
  return version.empty() ? path : path + " " + version;
}

std::string_view kind_name(NodeKind kind) {
  switch (kind) {
    case NodeKind::kMain:
      return "main";
    case NodeKind::kDirect:
      return "direct";
    case NodeKind::kIndirect:
      return "indirect";
    case NodeKind::kPackage:
      return "package";
    case NodeKind::kLosing:
      return "losing";
  }
  return "";
}

std::vector<NodeIndex> start_nodes(const Graph& graph) {
  if (!graph.roots.empty()) return graph.roots;
  std::vector<NodeIndex> mains;
  for (NodeIndex i = 0; i < graph.nodes.size(); ++i) {
    if (graph.nodes[i].kind == NodeKind::kMain) mains.push_back(i);
  }
  return mains;
}

bool node_less(const Node& a, const Node& b) {
  const bool a_main = a.kind == NodeKind::kMain;
  const bool b_main = b.kind == NodeKind::kMain;
  if (a_main != b_main) return a_main;
  if (const int order = a.path.compare(b.path); order != 0) return order < 0;
  if (a.version == b.version) return a.members.size() < b.members.size();
  return module::module_less({a.path, a.version}, {b.path, b.version});
}

std::vector<NodeIndex> sorted_nodes(const Graph& graph) {
  std::vector<NodeIndex> order(graph.nodes.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::stable_sort(order, [&](NodeIndex a, NodeIndex b) { return node_less(graph.nodes[a], graph.nodes[b]); });
  return order;
}

std::vector<Edge> sorted_edges(const Graph& graph) {
  const auto position = positions_in(sorted_nodes(graph));
  std::vector<Edge> edges = graph.edges;
  std::ranges::sort(edges, {}, [&](const Edge& edge) { return Edge{position[edge.from], position[edge.to]}; });
  const auto [first, last] = std::ranges::unique(edges);
  edges.erase(first, last);
  return edges;
}

}  // namespace modtool::graph
