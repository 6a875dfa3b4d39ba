#include "graph/block.hpp"

#include <algorithm>
#include <map>

#include "graph/adjacency.hpp"

namespace modtool::graph {

namespace {

constexpr double kGap = 5;
constexpr double kPadding = 7;
constexpr std::size_t kRows = 14;
constexpr std::size_t kMostColumns = 4;

using Group = std::vector<NodeIndex>;

// The sorted nodes, leaves with equal parents together, each group where its first node stands.
std::vector<Group> group_nodes(const Graph& graph) {
  const auto edges = sorted_edges(graph);
  const Adjacency children(graph.nodes.size(), edges);
  const Adjacency parents(graph.nodes.size(), edges, Direction::kBackward);
  std::map<std::vector<NodeIndex>, std::size_t> group_of_parents;
  std::vector<Group> groups;
  for (const auto node : sorted_nodes(graph)) {
    const auto required_by = parents.next(node);
    const bool is_leaf = children.next(node).empty() && !required_by.empty() && !graph.nodes[node].is_cycle();
    if (!is_leaf) {
      groups.push_back({node});
      continue;
    }
    const auto [place, is_new] =
        group_of_parents.emplace(std::vector(required_by.begin(), required_by.end()), groups.size());
    if (is_new) groups.emplace_back();
    groups[place->second].push_back(node);
  }
  return groups;
}

std::vector<Group> split_small(const std::vector<Group>& groups) {
  std::vector<Group> result;
  for (const auto& group : groups) {
    if (group.size() >= kSmallestGroup) {
      result.push_back(group);
    } else {
      for (const auto node : group) result.push_back({node});
    }
  }
  return result;
}

Block single(NodeIndex node, const NodeBox& box) {
  return {.nodes = {node}, .places = {{.corner = {0, 0}, .size = box.size}}, .size = box.size};
}

std::size_t column_count(std::size_t nodes) {
  return std::clamp<std::size_t>((nodes + kRows - 1) / kRows, 1, kMostColumns);
}

// Appends nodes first … last-1 as a column; the block's width is where the column starts and then where the next would.
void add_column(Block& block, const std::vector<NodeBox>& boxes, std::size_t first, std::size_t last) {
  const auto size_of = [&](std::size_t i) { return boxes[block.nodes[i]].size; };
  double width = 0;
  for (std::size_t i = first; i < last; ++i) width = std::max(width, size_of(i).width);
  double y = kPadding;
  for (std::size_t i = first; i < last; ++i) {
    block.places.push_back({.corner = {block.size.width, y}, .size = {width, size_of(i).height}});
    y += size_of(i).height + kGap;
  }
  block.size.width += width + kGap;
  block.size.height = std::max(block.size.height, y - kGap + kPadding);
}

// Columns of about the same height and boxes of one width, filled one after the other.
Block grid(const Group& group, const std::vector<NodeBox>& boxes) {
  const auto columns = column_count(group.size());
  const auto rows = (group.size() + columns - 1) / columns;
  Block block{.nodes = group, .places = {}, .size = {kPadding, 0}};
  for (std::size_t first = 0; first < group.size(); first += rows) {
    add_column(block, boxes, first, std::min(first + rows, group.size()));
  }
  block.size.width += kPadding - kGap;
  return block;
}

std::vector<Edge> arrows_between(const Graph& graph, const std::vector<Block>& blocks) {
  std::vector<NodeIndex> block_of(graph.nodes.size());
  for (NodeIndex i = 0; i < blocks.size(); ++i) {
    for (const auto node : blocks[i].nodes) block_of[node] = i;
  }
  std::vector<Edge> arrows;
  arrows.reserve(graph.edges.size());
  for (const auto& [from, to] : graph.edges) arrows.push_back({block_of[from], block_of[to]});
  std::ranges::sort(arrows);
  const auto rest = std::ranges::unique(arrows);
  arrows.erase(rest.begin(), rest.end());
  return arrows;
}

}  // namespace

Blocks make_blocks(const Graph& graph, const std::vector<NodeBox>& boxes) {
  Blocks result;
  for (const auto& group : split_small(group_nodes(graph))) {
    result.blocks.push_back(group.size() == 1 ? single(group[0], boxes[group[0]]) : grid(group, boxes));
  }
  result.arrows = arrows_between(graph, result.blocks);
  return result;
}

}  // namespace modtool::graph
