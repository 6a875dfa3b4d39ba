// Minimal version selection (research.swtch.com/vgo-mvs), over versions it knows nothing about.
//
// A node is one version of one path; the caller interns both to small integers. The algorithm asks for the requirements
// of a node and for the newer of two versions, and never looks at a version's text.
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

// What the algorithm asks. Ids may be handed out while it runs; it never asks for a node that it was not given.
class Requirements {
 public:
  virtual ~Requirements() = default;
  // The nodes that a node requires, in order. The span is valid until the next call.
  virtual Result<std::span<const NodeId>> required(NodeId node) = 0;
  // The newer of two versions of one path.
  virtual NodeId max(PathId path, NodeId a, NodeId b) = 0;
  virtual PathId path_of(NodeId node) = 0;
};

// What is reachable from some roots, and the version that it selects of each path.
class Selection {
 public:
  // Walks everything reachable from the roots. Of several failures the one nearest to the roots is returned.
  static Result<Selection> of(Requirements& requirements, std::span<const NodeId> roots);

  // The selected node of a path: the newest one reached; kNoNode where the path was not reached.
  NodeId selected(PathId path) const { return path < selected_.size() ? selected_[path] : kNoNode; }
  // Every node reached, breadth first from the roots, each once.
  const std::vector<NodeId>& reached() const { return reached_; }
  // The selected nodes, in the order in which their paths were first reached.
  std::vector<NodeId> build_list(Requirements& requirements) const;

 private:
  bool visit(NodeId node);
  void raise(Requirements& requirements, NodeId node);

  std::vector<NodeId> reached_;
  std::vector<NodeId> selected_;  // by path id
  std::vector<bool> seen_;        // by node id
};

// The smallest list of requirements that, put in place of the main module's, selects what `selection` has selected:
// the selected versions of `base` (paths that must be listed), and beyond them only what they do not imply. In no
// particular order.
Result<std::vector<NodeId>> minimal_requirements(Requirements& requirements, const Selection& selection, NodeId main,
                                                 std::span<const PathId> base);

// A shortest chain of requirements from one of the roots to a node for which `wanted` holds, both ends included; empty
// where there is none.
Result<std::vector<NodeId>> find_chain(Requirements& requirements, std::span<const NodeId> roots,
                                       const std::function<bool(NodeId)>& wanted);

}  // namespace modtool::mvs
