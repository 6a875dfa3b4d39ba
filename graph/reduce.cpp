#include "graph/reduce.hpp"

#include <algorithm>

#include "graph/components.hpp"

namespace modtool::graph {

namespace {

using Word = std::uint64_t;
constexpr std::size_t kWordBits = 64;
constexpr std::size_t kBlockMemory = 32U << 20;

std::vector<std::vector<NodeIndex>> members_of(const Graph& graph, const Components& components) {
  std::vector<std::vector<NodeIndex>> members(components.count);
  for (NodeIndex node = 0; node < graph.nodes.size(); ++node) members[components.of[node]].push_back(node);
  const auto less = [&](NodeIndex a, NodeIndex b) { return node_less(graph.nodes[a], graph.nodes[b]); };
  for (auto& component : members) std::ranges::stable_sort(component, less);
  return members;
}

Node merged(const Graph& graph, const std::vector<NodeIndex>& members) {
  Node node = graph.nodes[members.front()];
  if (members.size() == 1) return node;
  node.replacement = {};
  for (const auto member : members) {
    const auto& part = graph.nodes[member];
    node.kind = std::min(node.kind, part.kind);
    // A cycle that was merged before is merged again member by member.
    if (part.is_cycle()) {
      node.members.insert(node.members.end(), part.members.begin(), part.members.end());
    } else {
      node.members.push_back(part);
    }
  }
  return node;
}

// The new index of each component: components in the order in which their first nodes stand.
std::vector<NodeIndex> number_components(const Components& components) {
  std::vector<NodeIndex> number(components.count, UINT32_MAX);
  NodeIndex next = 0;
  for (const auto component : components.of) {
    if (number[component] == UINT32_MAX) number[component] = next++;
  }
  return number;
}

void remove_repeated(std::vector<Edge>& edges) {
  std::vector<Edge> sorted = edges;
  std::ranges::sort(sorted);
  const auto rest = std::ranges::unique(sorted);
  sorted.erase(rest.begin(), rest.end());
  std::vector<bool> met(sorted.size());
  std::erase_if(edges, [&](const Edge& edge) {
    const auto at = static_cast<std::size_t>(std::ranges::lower_bound(sorted, edge) - sorted.begin());
    const bool again = met[at];
    met[at] = true;
    return again;
  });
}

// Reachability of one block of targets: a row of bits for each node.
class Block {
 public:
  Block(std::size_t rows, std::size_t words) : words_(words), bits_(rows * words) {}

  void clear() { std::ranges::fill(bits_, 0); }
  bool test(std::size_t row, std::size_t bit) const {
    return (bits_[row * words_ + bit / kWordBits] >> (bit % kWordBits) & 1) != 0;
  }
  void set(std::size_t row, std::size_t bit) { bits_[row * words_ + bit / kWordBits] |= Word{1} << (bit % kWordBits); }
  void merge(std::size_t row, std::size_t other) {
    for (std::size_t i = 0; i < words_; ++i) bits_[row * words_ + i] |= bits_[other * words_ + i];
  }
  std::size_t width() const { return words_ * kWordBits; }

 private:
  std::size_t words_;
  std::vector<Word> bits_;
};

std::size_t words_per_row(std::size_t nodes) {
  const std::size_t all = (nodes + kWordBits - 1) / kWordBits;
  const std::size_t affordable = kBlockMemory / sizeof(Word) / std::max<std::size_t>(nodes, 1);
  return std::clamp<std::size_t>(affordable, 1, std::max<std::size_t>(all, 1));
}

// Works on an acyclic graph whose edges all lead from greater numbers to smaller ones.
class Reduction {
 public:
  explicit Reduction(const Adjacency& adjacency)
      : adjacency_(adjacency), block_(adjacency.node_count(), words_per_row(adjacency.node_count())) {}

  // The edges that a longer path implies, sorted.
  std::vector<Edge> implied() && {
    for (std::size_t first = 0; first < adjacency_.node_count(); first += block_.width()) scan_block(first);
    std::ranges::sort(implied_);
    return std::move(implied_);
  }

 private:
  // Nodes before the block cannot reach into it.
  void scan_block(std::size_t first) {
    block_.clear();
    for (std::size_t node = first; node < adjacency_.node_count(); ++node)
      scan_node(static_cast<NodeIndex>(node), first);
  }

  // A row holds what is reached by two edges or more until the direct ones, once tested against it, are added.
  void scan_node(NodeIndex node, std::size_t first) {
    const auto successors = adjacency_.next(node);
    for (const auto next : successors) {
      if (next >= first) block_.merge(node, next);
    }
    for (const auto next : successors) {
      if (in_block(next, first) && block_.test(node, next - first)) implied_.push_back({node, next});
    }
    for (const auto next : successors) {
      if (in_block(next, first)) block_.set(node, next - first);
    }
  }

  bool in_block(std::size_t node, std::size_t first) const { return node >= first && node < first + block_.width(); }

  const Adjacency& adjacency_;
  Block block_;
  std::vector<Edge> implied_;
};

}  // namespace

Graph merge_cycles(const Graph& graph) {
  const auto components = find_components(Adjacency(graph));
  const auto members = members_of(graph, components);
  const auto number = number_components(components);
  const auto renumbered = [&](NodeIndex node) { return number[components.of[node]]; };

  Graph result{.nodes = std::vector<Node>(components.count), .edges = {}, .roots = {}, .reversed = graph.reversed};
  for (std::size_t i = 0; i < components.count; ++i) result.nodes[number[i]] = merged(graph, members[i]);
  for (const auto& [from, to] : graph.edges) {
    if (renumbered(from) != renumbered(to)) result.edges.push_back({renumbered(from), renumbered(to)});
  }
  remove_repeated(result.edges);
  NodeSet is_root(components.count);
  for (const auto root : graph.roots) {
    if (!is_root[renumbered(root)]) result.roots.push_back(renumbered(root));
    is_root[renumbered(root)] = true;
  }
  return result;
}

Graph reduce(const Graph& graph) {
  Graph result = merge_cycles(graph);
  const auto order = find_components(Adjacency(result)).of;
  const auto ordered = [&](const Edge& edge) { return Edge{order[edge.from], order[edge.to]}; };
  std::vector<Edge> edges;
  edges.reserve(result.edges.size());
  for (const auto& edge : result.edges) edges.push_back(ordered(edge));
  const Adjacency adjacency(result.nodes.size(), edges);
  const auto implied = Reduction(adjacency).implied();
  const auto is_direct = [&](const Edge& edge) {
    const auto& from = result.nodes[result.reversed ? edge.to : edge.from];
    const auto& to = result.nodes[result.reversed ? edge.from : edge.to];
    return from.kind == NodeKind::kMain && to.kind == NodeKind::kDirect;
  };
  result.implied = std::erase_if(result.edges, [&](const Edge& edge) {
    return !is_direct(edge) && std::ranges::binary_search(implied, ordered(edge));
  });
  return result;
}

}  // namespace modtool::graph
