// Graphs for tests, written as the lines of `go mod graph`.
#pragma once

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <string_view>

#include "core/base/text.hpp"
#include "core/module/semver.hpp"
#include "graph/graph_model.hpp"
#include "graph/text_writer.hpp"

namespace modtool::test {

using graph::Edge;
using graph::Graph;
using graph::Node;
using graph::NodeIndex;
using graph::NodeKind;

// Reads "from to" lines (or "node" for a node alone). What has no `@` is a main module; of each path the greatest
// version is selected; what a main module requires is direct, other selected versions are indirect.
class GraphReader {
 public:
  Graph read(std::string_view text) && {
    for (const auto line : split_lines(text)) {
      const auto fields = split_fields(line);
      if (fields.empty()) continue;
      const auto from = index_of(std::string(fields[0]));
      if (fields.size() > 1) graph_.edges.push_back({from, index_of(std::string(fields[1]))});
    }
    decide_kinds();
    return std::move(graph_);
  }

 private:
  NodeIndex index_of(const std::string& id) {
    const auto [found, is_new] = indices_.emplace(id, graph_.nodes.size());
    if (is_new) {
      const auto at = id.find('@');
      Node node{.path = id.substr(0, at)};
      if (at == std::string::npos) {
        node.kind = NodeKind::kMain;
      } else {
        node.version = id.substr(at + 1);
      }
      graph_.nodes.push_back(node);
    }
    return found->second;
  }

  void decide_kinds() {
    std::map<std::string, std::string> selected;
    for (const auto& node : graph_.nodes) {
      auto& best = selected[node.path];
      if (best.empty() || module::compare_module_versions(node.path, node.version, best) > 0) best = node.version;
    }
    for (const auto& [from, to] : graph_.edges) {
      if (graph_.nodes[from].kind == NodeKind::kMain) graph_.nodes[to].kind = NodeKind::kDirect;
    }
    for (const auto& node : graph_.nodes) {
      if (node.kind == NodeKind::kMain) selected[node.path].clear();
    }
    for (auto& node : graph_.nodes) {
      if (node.version != selected[node.path]) node.kind = NodeKind::kLosing;
    }
  }

  Graph graph_;
  std::map<std::string, NodeIndex> indices_;
};

inline Graph graph_of(std::string_view text) { return GraphReader().read(text); }

// The edges as "a b, c d", for comparing.
inline std::string edges_of(const Graph& graph) {
  std::string text = graph::format_text(graph);
  if (!text.empty()) text.pop_back();
  std::ranges::replace(text, '\n', ',');
  return text;
}

inline std::set<std::string> ids_of(const Graph& graph) {
  std::set<std::string> ids;
  for (const auto& node : graph.nodes) ids.insert(node_id(node));
  return ids;
}

// A main module, `size` others, and random edges, cycles among them; the same for the same seed.
inline Graph random_graph(unsigned seed, unsigned size, unsigned edge_count) {
  std::mt19937 random(seed);
  Graph graph{.nodes = {{.path = "main", .kind = NodeKind::kMain}}};
  for (unsigned i = 0; i < size; ++i) graph.nodes.push_back({.path = "m" + std::to_string(i), .version = "v1.0.0"});
  for (unsigned i = 0; i < edge_count; ++i) {
    const Edge edge{static_cast<NodeIndex>(random() % (size + 1)), static_cast<NodeIndex>(random() % (size + 1))};
    if (edge.from != edge.to) graph.edges.push_back(edge);
  }
  return graph;
}

}  // namespace modtool::test
