#include "graph/text_writer.hpp"

namespace modtool::graph {

std::string format_text(const Graph& graph) {
  std::vector<std::string> ids;
  ids.reserve(graph.nodes.size());
  for (const auto& node : graph.nodes) ids.push_back(node_id(node));
  std::string text;
  for (const auto& [from, to] : graph.edges) text.append(ids[from]).append(" ").append(ids[to]).append("\n");
  return text;
}

}  // namespace modtool::graph
