// The graph as people look at it: modules as nodes, requirements as edges, and what a picture says about each. It is a
// value that cli/operations fills from a resolved project; nothing here knows projects, sources or dialects.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace modtool::graph {

using NodeIndex = std::uint32_t;

enum class NodeKind : std::uint8_t {
  kMain,      // the project itself
  kDirect,    // selected, and required for a direct import
  kIndirect,  // selected otherwise
  kLosing,    // a version that is in the graph but was not selected
};

struct Node {
  std::string path;
  std::string version;  // empty for a main module
  NodeKind kind = NodeKind::kIndirect;
  std::string replacement;  // "path version" or a directory; empty where not replaced

  bool is_replaced() const { return !replacement.empty(); }
};

// "path@version", or the path of a main module: the id of a node in every format.
std::string node_id(const Node& node);

struct Edge {
  NodeIndex from = 0;
  NodeIndex to = 0;

  auto operator<=>(const Edge&) const = default;
};

// A graph value. The order of nodes and edges is the order of `go mod graph`: as they are first met, breadth first.
// Nodes are distinct by id; an edge may stand twice where a manifest says a requirement twice.
struct Graph {
  std::vector<Node> nodes;
  std::vector<Edge> edges;
};

}  // namespace modtool::graph
