#include "core/mvs/mvs.hpp"

#include <algorithm>
#include <unordered_map>

namespace modtool::mvs {
namespace {

// A set of nodes that grows as ids are met.
class NodeSet {
 public:
  // Whether the node was not in the set before.
  bool insert(NodeId node) {
    if (node >= members_.size()) members_.resize(node + 1);
    if (members_[node]) return false;
    members_[node] = true;
    return true;
  }
  bool contains(NodeId node) const { return node < members_.size() && members_[node]; }

 private:
  std::vector<bool> members_;
};

// The nodes reachable from a node in post-order, without recursion: graphs may be deep.
Result<void> append_postorder(Requirements& requirements, NodeId start, NodeSet& seen, std::vector<NodeId>& order) {
  struct Frame {
    NodeId node;
    std::vector<NodeId> required;
    std::size_t next = 0;
  };
  std::vector<Frame> stack;
  const auto enter = [&](NodeId node) -> Result<void> {
    if (!seen.insert(node)) return {};
    MODTOOL_TRY(const auto required, requirements.required(node));
    stack.push_back({node, {required.begin(), required.end()}});
    return {};
  };
  MODTOOL_CHECK(enter(start));
  while (!stack.empty()) {
    if (stack.back().next < stack.back().required.size()) {
      MODTOOL_CHECK(enter(stack.back().required[stack.back().next++]));
      continue;
    }
    order.push_back(stack.back().node);
    stack.pop_back();
  }
  return {};
}

// Adds a node and all that it implies to a set.
Result<void> imply(Requirements& requirements, NodeId node, NodeSet& implied) {
  std::vector<NodeId> unused;
  return append_postorder(requirements, node, implied, unused);
}

}  // namespace

bool Selection::visit(NodeId node) {
  if (node >= seen_.size()) seen_.resize(node + 1);
  if (seen_[node]) return false;
  seen_[node] = true;
  reached_.push_back(node);
  return true;
}

void Selection::raise(Requirements& requirements, NodeId node) {
  const PathId path = requirements.path_of(node);
  if (path >= selected_.size()) selected_.resize(path + 1, kNoNode);
  NodeId& current = selected_[path];
  current = current == kNoNode ? node : requirements.max(path, current, node);
}

Result<Selection> Selection::of(Requirements& requirements, std::span<const NodeId> roots) {
  Selection selection;
  for (const NodeId root : roots) {
    if (selection.visit(root)) selection.raise(requirements, root);
  }
  for (std::size_t next = 0; next < selection.reached_.size(); ++next) {
    MODTOOL_TRY(const auto required, requirements.required(selection.reached_[next]));
    for (const NodeId node : required) {
      if (selection.visit(node)) selection.raise(requirements, node);
    }
  }
  return selection;
}

std::vector<NodeId> Selection::build_list(Requirements& requirements) const {
  std::vector<NodeId> list;
  std::vector<bool> listed(selected_.size());
  for (const NodeId node : reached_) {
    const PathId path = requirements.path_of(node);
    if (listed[path]) continue;
    listed[path] = true;
    list.push_back(selected_[path]);
  }
  return list;
}

Result<std::vector<NodeId>> minimal_requirements(Requirements& requirements, const Selection& selection, NodeId main,
                                                 std::span<const PathId> base) {
  NodeSet visited;
  visited.insert(main);
  std::vector<NodeId> postorder;
  for (const NodeId node : selection.build_list(requirements)) {
    MODTOOL_CHECK(append_postorder(requirements, node, visited, postorder));
  }

  std::vector<NodeId> minimal;
  NodeSet implied;
  implied.insert(main);
  const auto keep = [&](NodeId node) {
    minimal.push_back(node);
    return imply(requirements, node, implied);
  };
  for (const PathId path : base) {
    const NodeId node = selection.selected(path);
    if (node == kNoNode || std::ranges::find(minimal, node) != minimal.end()) continue;
    MODTOOL_CHECK(keep(node));
  }
  for (auto node = postorder.rbegin(); node != postorder.rend(); ++node) {
    if (selection.selected(requirements.path_of(*node)) != *node) continue;
    if (!implied.contains(*node)) MODTOOL_CHECK(keep(*node));
  }
  return minimal;
}

Result<std::vector<NodeId>> find_chain(Requirements& requirements, std::span<const NodeId> roots,
                                       const std::function<bool(NodeId)>& wanted) {
  std::unordered_map<NodeId, NodeId> required_by;
  std::vector<NodeId> queue;
  for (const NodeId root : roots) {
    if (required_by.emplace(root, kNoNode).second) queue.push_back(root);
  }
  for (std::size_t next = 0; next < queue.size(); ++next) {
    if (wanted(queue[next])) {
      std::vector<NodeId> chain;
      for (NodeId node = queue[next]; node != kNoNode; node = required_by[node]) chain.push_back(node);
      std::ranges::reverse(chain);
      return chain;
    }
    MODTOOL_TRY(const auto required, requirements.required(queue[next]));
    for (const NodeId node : required) {
      if (required_by.emplace(node, queue[next]).second) queue.push_back(node);
    }
  }
  return std::vector<NodeId>{};
}

}  // namespace modtool::mvs
