#include "graph/tree_writer.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "graph/adjacency.hpp"
#include "graph/escape.hpp"

namespace modtool::graph {

namespace {

struct Strokes {
  std::string_view branch;  // before a child that has siblings below it
  std::string_view corner;  // before the last child
  std::string_view line;    // beside the children of a branch
  std::string_view gap;     // beside the children of a corner
};

constexpr Strokes kUnicodeStrokes{"├── ", "└── ", "│   ", "    "};
constexpr Strokes kAsciiStrokes{"|-- ", "`-- ", "|   ", "    "};

std::string label_of(const Node& node) {
  if (node.is_cycle()) {
    std::vector<std::string> members;
    members.reserve(node.members.size());
    for (const auto& member : node.members) members.push_back(label_of(member));
    return "cycle of " + join(members, " + ");
  }
  std::string text = visible(node_id(node));
  if (node.is_replaced()) text += " => " + visible(replacement_text(node));
  if (node.kind == NodeKind::kLosing) text += " (not selected)";
  return text;
}

class TreeWriter {
 public:
  TreeWriter(const Graph& graph, const Strokes& strokes, std::optional<unsigned> depth)
      : graph_(graph),
        strokes_(strokes),
        depth_(depth),
        order_(sorted_nodes(graph)),
        children_(graph.nodes.size(), sorted_edges(graph)),
        shown_(graph.nodes.size()),
        opened_(graph.nodes.size()) {}

  std::string write() && {
    for (const auto root : start_nodes(graph_)) write_root(root);
    for (const auto node : without_parents()) write_root(node);
    for (const auto node : order_) write_root(node);
    return std::move(text_);
  }

 private:
  struct Frame {
    NodeIndex node;
    std::size_t next_child = 0;
    std::size_t indent = 0;  // the length of the indentation of its children
  };

  std::vector<NodeIndex> without_parents() const {
    NodeSet has_parent(graph_.nodes.size());
    for (const auto& edge : graph_.edges) has_parent[edge.to] = true;
    auto nodes = order_;
    std::erase_if(nodes, [&](NodeIndex node) { return has_parent[node]; });
    return nodes;
  }

  // A stack of frames in place of recursion: graphs may be deeper than the thread's stack.
  void write_root(NodeIndex root) {
    if (shown_[root]) return;
    write_line("", root, 0);
    std::vector<Frame> frames;
    if (may_open(root, 0)) frames.push_back({.node = root});
    while (!frames.empty()) {
      auto& frame = frames.back();
      if (frame.next_child == children_.next(frame.node).size()) {
        frames.pop_back();
        indent_.resize(frames.empty() ? 0 : frames.back().indent);
        continue;
      }
      write_child(frame, frames);
    }
  }

  void write_child(Frame& parent, std::vector<Frame>& frames) {
    const auto siblings = children_.next(parent.node);
    const auto child = siblings[parent.next_child++];
    const bool last = parent.next_child == siblings.size();
    const auto level = frames.size();
    write_line(last ? strokes_.corner : strokes_.branch, child, level);
    if (!may_open(child, level)) return;
    indent_ += last ? strokes_.gap : strokes_.line;
    frames.push_back({.node = child, .indent = indent_.size()});
  }

  bool is_below(std::size_t level) const { return !depth_ || level < *depth_; }

  // Whether the children of a node follow its line: once, and not where the tree ends.
  bool may_open(NodeIndex node, std::size_t level) {
    if (opened_[node] || !is_below(level)) return false;
    opened_[node] = true;
    return true;
  }

  void write_line(std::string_view stroke, NodeIndex node, std::size_t level) {
    const bool repeated = opened_[node] && is_below(level) && !children_.next(node).empty();
    shown_[node] = true;
    text_.append(indent_).append(stroke).append(label_of(graph_.nodes[node])).append(repeated ? " (*)\n" : "\n");
  }

  const Graph& graph_;
  const Strokes& strokes_;
  std::optional<unsigned> depth_;
  std::vector<NodeIndex> order_;
  Adjacency children_;
  NodeSet shown_;
  NodeSet opened_;  // with what they require
  std::string indent_;
  std::string text_;
};

}  // namespace

std::string format_tree(const Graph& graph, TreeStyle style, std::optional<unsigned> depth) {
  return TreeWriter(graph, style == TreeStyle::kUnicode ? kUnicodeStrokes : kAsciiStrokes, depth).write();
}

}  // namespace modtool::graph
