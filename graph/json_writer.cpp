#include "graph/json_writer.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "core/base/text.hpp"

namespace modtool::graph {

namespace {

using Json = nlohmann::ordered_json;

Json to_json(const module::ModuleVersion& module) {
  Json json{{"path", module.path}};
  if (!module.version.empty()) json["version"] = module.version;
  return json;
}

Json to_json(const Node& node) {
  Json json{{"id", node_id(node)}};
  if (!node.is_cycle()) json.update(to_json(module::ModuleVersion{node.path, node.version}));
  json["kind"] = kind_name(node.kind);
  if (!node.dialects.empty()) json["dialects"] = node.dialects;
  if (node.is_replaced()) json["replace"] = to_json(node.replacement);
  for (const auto& member : node.members) json["members"].push_back(to_json(member));
  return json;
}

std::string line_of(const Json& record) {
  return "    " + record.dump(-1, ' ', /*ensure_ascii=*/true, Json::error_handler_t::replace);
}

std::string list_of(const std::vector<std::string>& lines) {
  return lines.empty() ? "[]" : "[\n" + join(lines, ",\n") + "\n  ]";
}

}  // namespace

std::string format_json(const Graph& graph) {
  std::vector<std::string> nodes;
  for (const auto i : sorted_nodes(graph)) nodes.push_back(line_of(to_json(graph.nodes[i])));
  std::vector<std::string> edges;
  for (const auto& [from, to] : sorted_edges(graph)) {
    edges.push_back(line_of({{"from", node_id(graph.nodes[from])}, {"to", node_id(graph.nodes[to])}}));
  }
  return fmt::format("{{\n  \"schema\": {},\n  \"reversed\": {},\n  \"nodes\": {},\n  \"edges\": {}\n}}\n", kJsonSchema,
                     graph.reversed, list_of(nodes), list_of(edges));
}

}  // namespace modtool::graph
