#include "graph/json_writer.hpp"

#include <fmt/format.h>

#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"

namespace modtool::graph {

namespace {

void add(json::Value& record, const module::ModuleVersion& module) {
  add(record, "path", module.path);
  add_if_any(record, "version", module.version);
}

json::Value to_json(const module::ModuleVersion& module) {
  json::Value record = json::object();
  add(record, module);
  return record;
}

json::Value to_json(const Node& node) {
  json::Value record = json::object({{"id", node_id(node)}});
  if (!node.is_cycle()) add(record, module::ModuleVersion{node.path, node.version});
  add(record, "kind", kind_name(node.kind));
  if (!node.dialects.empty()) add(record, "dialects", node.dialects);
  if (node.is_replaced()) add(record, "replace", to_json(node.replacement));
  json::Value members = json::array();
  for (const auto& member : node.members) append(members, to_json(member));
  if (!node.members.empty()) add(record, "members", std::move(members));
  return record;
}

std::string line_of(const json::Value& record) { return "    " + json::format_ascii_line(record); }

std::string list_of(const std::vector<std::string>& lines) {
  return lines.empty() ? "[]" : "[\n" + join(lines, ",\n") + "\n  ]";
}

}  // namespace

std::string format_json(const Graph& graph) {
  std::vector<std::string> nodes;
  for (const auto i : sorted_nodes(graph)) nodes.push_back(line_of(to_json(graph.nodes[i])));
  std::vector<std::string> edges;
  for (const auto& [from, to] : sorted_edges(graph)) {
    edges.push_back(line_of(json::object({{"from", node_id(graph.nodes[from])}, {"to", node_id(graph.nodes[to])}})));
  }
  return fmt::format("{{\n  \"schema\": {},\n  \"reversed\": {},\n  \"nodes\": {},\n  \"edges\": {}\n}}\n", kJsonSchema,
                     graph.reversed, list_of(nodes), list_of(edges));
}

}  // namespace modtool::graph
