#include "graph/view.hpp"

#include <algorithm>

#include "graph/adjacency.hpp"
#include "graph/neighbourhood.hpp"
#include "graph/pattern.hpp"
#include "graph/reduce.hpp"
#include "graph/selected.hpp"

namespace modtool::graph {

namespace {

Graph without_tools(Graph graph) {
  if (std::ranges::none_of(graph.nodes, &Node::is_tool)) return graph;
  NodeSet kept(graph.nodes.size());
  for (std::size_t i = 0; i < graph.nodes.size(); ++i) kept[i] = !graph.nodes[i].is_tool;
  return keep_nodes(graph, kept);
}

Result<Graph> without_pruned(Graph graph, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return graph;
  MODTOOL_TRY(const auto gone, find_nodes(graph, "--prune", patterns));
  return prune(graph, gone);
}

Result<Graph> only_between(Graph graph, const ViewOptions& options) {
  if (options.from.empty() && options.to.empty()) return graph;
  MODTOOL_TRY(const auto from, find_nodes(graph, "--from", options.from));
  MODTOOL_TRY(const auto to, find_nodes(graph, "--to", options.to));
  return between(graph, from, to);
}

Result<Graph> in_focus(Graph graph, const std::vector<std::string>& patterns) {
  if (patterns.empty()) return graph;
  MODTOOL_TRY(const auto focus, find_nodes(graph, "--focus", patterns));
  return focus_on(graph, focus);
}

}  // namespace

Graph reverse(Graph graph) {
  for (auto& [from, to] : graph.edges) std::swap(from, to);
  graph.reversed = !graph.reversed;
  return graph;
}

Result<Graph> make_view(Graph graph, const ViewOptions& options) {
  if (options.modules_only) graph = without_tools(std::move(graph));
  if (options.selected) graph = selected_only(graph);
  MODTOOL_TRY(graph, without_pruned(std::move(graph), options.prune));
  MODTOOL_TRY(graph, only_between(std::move(graph), options));
  if (options.reverse) graph = reverse(std::move(graph));
  MODTOOL_TRY(graph, in_focus(std::move(graph), options.focus));
  if (options.depth) graph = limit_depth(graph, *options.depth);
  if (options.reduce) graph = reduce(graph);
  return graph;
}

}  // namespace modtool::graph
