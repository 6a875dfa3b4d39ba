#include "graph/dot_writer.hpp"

#include <fmt/format.h>

#include "graph/escape.hpp"
#include "graph/label.hpp"
#include "graph/palette.hpp"

namespace modtool::graph {

namespace {

std::string_view line_style(NodeKind kind) {
  switch (kind) {
    case NodeKind::kMain:
      return R"(style="filled,bold", penwidth=3)";
    case NodeKind::kDirect:
      return R"(style="filled", penwidth=2)";
    case NodeKind::kIndirect:
    case NodeKind::kPackage:
      return R"(style="filled,rounded", penwidth=1)";
    case NodeKind::kLosing:
      return R"(style="filled,rounded,dotted", penwidth=1)";
  }
  return "";
}

std::string_view shape_of(const Node& node) {
  if (node.is_cycle()) return ", peripheries=2";
  return node.is_replaced() ? ", shape=note" : "";
}

void add_name(std::string& label, const Node& node) {
  const auto [parent, name] = split_name(node.path);
  if (!parent.empty()) label += dot_label_line(parent) + "\\l";
  label += dot_label_line(node.version.empty() ? name : name + "  " + node.version) + "\\l";
}

std::string label_of(const Node& node) {
  std::string label;
  if (!node.is_cycle()) add_name(label, node);
  for (const auto& remark : remarks(node)) label += dot_label_line(remark) + "\\l";
  for (const auto& member : node.members) label += dot_label_line(node_id(member)) + "\\l";
  return label;
}

std::string node_line(const std::string& id, const Node& node) {
  const auto& colours = light_colours(node);
  return fmt::format("  {} [label=\"{}\", class=\"{}\", {}{}, color=\"{}\", fillcolor=\"{}\", fontcolor=\"{}\"];\n", id,
                     label_of(node), kind_name(node.kind), line_style(node.kind), shape_of(node), colours.stroke,
                     colours.fill, colours.text);
}

std::string title_of(const Graph& graph) {
  const auto starts = start_nodes(graph);
  return starts.empty() ? "modules" : node_id(graph.nodes[starts.front()]);
}

constexpr std::string_view kHeader =
    R"(  graph [rankdir=LR, ranksep=0.6, nodesep=0.12, bgcolor="#ffffff", fontname="Helvetica,Arial,sans-serif", fontsize=10, labelloc=b, labeljust=l, label="{}"];
  node [shape=box, fontname="Helvetica,Arial,sans-serif", fontsize=11, height=0.3, margin="0.12,0.06"];
  edge [color="#6e7781", arrowsize=0.6];
)";

constexpr std::string_view kLegend =
    "A -> B: A {} B.  thick border: main module or direct requirement;  rounded: indirect;  dotted: version that was "
    "not selected;  folded corner: replaced;  double border: cycle, merged";

}  // namespace

std::string format_dot(const Graph& graph) {
  std::string text = fmt::format("digraph {} {{\n", dot_id(title_of(graph)));
  text += fmt::format(kHeader, fmt::format(kLegend, graph.reversed ? "is required by" : "requires"));
  std::vector<std::string> ids;
  ids.reserve(graph.nodes.size());
  for (const auto& node : graph.nodes) ids.push_back(dot_id(node_id(node)));
  for (const auto i : sorted_nodes(graph)) text += node_line(ids[i], graph.nodes[i]);
  for (const auto& [from, to] : sorted_edges(graph)) text += fmt::format("  {} -> {};\n", ids[from], ids[to]);
  return text + "}\n";
}

}  // namespace modtool::graph
