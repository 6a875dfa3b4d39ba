#include "graph/components.hpp"

#include <algorithm>

namespace modtool::graph {

namespace {

constexpr NodeIndex kUnseen = UINT32_MAX;

// Tarjan's algorithm, with a stack of its own in place of recursion: a long chain must not exhaust the thread's.
class Finder {
 public:
  explicit Finder(const Adjacency& adjacency)
      : adjacency_(adjacency),
        order_(adjacency.node_count(), kUnseen),
        low_(adjacency.node_count()),
        result_{.of = std::vector<NodeIndex>(adjacency.node_count(), kUnseen)} {}

  Components find() && {
    for (NodeIndex node = 0; node < adjacency_.node_count(); ++node) {
      if (order_[node] == kUnseen) visit(node);
    }
    return std::move(result_);
  }

 private:
  struct Frame {
    NodeIndex node;
    std::size_t next = 0;  // the successor to look at
  };

  void visit(NodeIndex start) {
    enter(start);
    while (!frames_.empty()) {
      auto& frame = frames_.back();
      const auto successors = adjacency_.next(frame.node);
      if (frame.next < successors.size()) {
        follow(frame.node, successors[frame.next++]);
      } else {
        leave(frame.node);
      }
    }
  }

  void enter(NodeIndex node) {
    order_[node] = low_[node] = entered_++;
    open_.push_back(node);
    frames_.push_back({node});
  }

  void follow(NodeIndex node, NodeIndex successor) {
    if (order_[successor] == kUnseen) {
      enter(successor);
    } else if (result_.of[successor] == kUnseen) {
      low_[node] = std::min(low_[node], order_[successor]);
    }
  }

  void leave(NodeIndex node) {
    frames_.pop_back();
    if (!frames_.empty()) low_[frames_.back().node] = std::min(low_[frames_.back().node], low_[node]);
    if (low_[node] == order_[node]) close(node);
  }

  // What was entered since `first` and is still open is one component.
  void close(NodeIndex first) {
    NodeIndex member = kUnseen;
    while (member != first) {
      member = open_.back();
      open_.pop_back();
      result_.of[member] = static_cast<NodeIndex>(result_.count);
    }
    ++result_.count;
  }

  const Adjacency& adjacency_;
  std::vector<NodeIndex> order_;
  std::vector<NodeIndex> low_;
  std::vector<NodeIndex> open_;
  std::vector<Frame> frames_;
  NodeIndex entered_ = 0;
  Components result_;
};

}  // namespace

Components find_components(const Adjacency& adjacency) { return Finder(adjacency).find(); }

}  // namespace modtool::graph
