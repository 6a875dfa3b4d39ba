#include "graph/merge.hpp"

#include <algorithm>
#include <unordered_map>

namespace modtool::graph {
namespace {

void unite(Node& node, const Node& other) {
  node.kind = std::min(node.kind, other.kind);
  if (!node.is_replaced()) node.replacement = other.replacement;
  for (const auto& dialect : other.dialects) {
    if (std::ranges::find(node.dialects, dialect) == node.dialects.end()) node.dialects.push_back(dialect);
  }
}

}  // namespace

Graph merge_graphs(const std::vector<Graph>& graphs) {
  Graph all;
  std::unordered_map<std::string, NodeIndex> known;
  for (const auto& graph : graphs) {
    std::vector<NodeIndex> index;
    for (const auto& node : graph.nodes) {
      const auto [found, is_new] = known.try_emplace(node_id(node), static_cast<NodeIndex>(all.nodes.size()));
      if (is_new) all.nodes.push_back(node);
      unite(all.nodes[found->second], node);
      index.push_back(found->second);
    }
    for (const auto& [from, to] : graph.edges) all.edges.push_back({index[from], index[to]});
  }
  return all;
}

}  // namespace modtool::graph
