// The graph as people look at it: modules as nodes, requirements as edges, and what a picture says about each. It is a
// value that graph/of fills from a resolved project; nothing here knows projects, sources or dialects.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/module/module_version.hpp"

namespace modtool::graph {

using NodeIndex = std::uint32_t;

// In the order of importance: a merged cycle has the first kind that one of its members has.
enum class NodeKind : std::uint8_t {
  kMain,      // the project itself
  kDirect,    // selected, and required for a direct import
  kIndirect,  // selected otherwise
  kPackage,   // a package of a main module, without a version: where what needs a module is told that closely
  kLosing,    // a version that is in the graph but was not selected
};

struct Node {
  std::string path;
  std::string version;  // empty for a main module and its packages
  NodeKind kind = NodeKind::kIndirect;
  // What stands in for the module: another module, or a directory (then without a version). Empty where not replaced.
  module::ModuleVersion replacement = {};
  // The dialects of the projects that it belongs to, where the graph is of several; else none.
  std::vector<std::string> dialects = {};
  // Stands for a tool ("go", "toolchain"), and is no module.
  bool is_tool = false;
  // The modules of a cycle that `reduce` merged, at least two; such a node has path and version of the first of them.
  std::vector<Node> members = {};

  bool is_replaced() const { return !replacement.path.empty(); }
  bool is_cycle() const { return !members.empty(); }
};

// The id of a node in every format: "path@version", the path alone without a version, and the ids of the members,
// joined with commas, for a merged cycle. No path and no version holds a comma.
std::string node_id(const Node& node);

// "path version", or the directory.
std::string replacement_text(const Node& node);

// "main", "direct", "indirect", "package", "losing": the word of a kind in every format.
std::string_view kind_name(NodeKind kind);

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
  // Where reading starts (the root of a tree, what depth counts from): the modules in focus. Empty stands for the main
  // modules, which is what a graph has before filters change it.
  std::vector<NodeIndex> roots = {};
  // Edges lead from a module to what requires it.
  bool reversed = false;
  // How many requirements are left out since others imply them (--reduce).
  std::size_t implied = 0;
};

// The roots of the graph; of a graph without any, its main modules.
std::vector<NodeIndex> start_nodes(const Graph& graph);

// The order of nodes in sorted output: main modules first, then by path and version.
bool node_less(const Node& a, const Node& b);
// The indices in that order; nodes that are equal in it stay as they stand.
std::vector<NodeIndex> sorted_nodes(const Graph& graph);

// The edges without repetitions, in the order of `sorted_nodes` by both ends.
std::vector<Edge> sorted_edges(const Graph& graph);

}  // namespace modtool::graph
