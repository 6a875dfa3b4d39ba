// Minimal version selection (research.swtch.com/vgo-mvs) over versions it knows nothing about.
//
// Paths and versions are interned by the caller to small integers; version numbers order the versions of one path
// (greater is newer), so the algorithm never looks at a version's text.
#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::mvs {

using PathId = std::uint32_t;
using NodeId = std::uint32_t;

inline constexpr NodeId kNoNode = UINT32_MAX;

// What the algorithm asks. A node is one version of one path.
class Requirements {
 public:
  virtual ~Requirements() = default;
  // The nodes that a node requires. The span is valid until the next call.
  virtual Result<std::span<const NodeId>> required(NodeId node) = 0;
  // The newer of two versions of one path.
  virtual NodeId max(PathId path, NodeId a, NodeId b) = 0;
  virtual PathId path_of(NodeId node) = 0;
};

// A directed graph of requirements that grows, and the versions it selects so far.
class Graph {
 public:
  // `roots` are selected from the start.
  Graph(Requirements& requirements, std::vector<NodeId> roots);

  // Walks everything reachable from the roots and raises the selected versions on the way.
  Result<void> load();

  // The selected node of a path, or kNoNode where the graph does not hold the path.
  NodeId selected(PathId path) const;
  // One node for each path of the graph: the roots first, in their order, then the others by path id.
  std::vector<NodeId> build_list() const;
  // Every node reached, breadth first from the roots, each once.
  const std::vector<NodeId>& reached() const { return reached_; }

 private:
  void select(NodeId node);

  Requirements& requirements_;
  std::vector<NodeId> roots_;
  std::vector<NodeId> reached_;
  std::vector<NodeId> selected_;  // by path id
  std::vector<bool> seen_;        // by node id
};

}  // namespace modtool::mvs
