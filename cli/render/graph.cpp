#include "cli/render/graph.hpp"

#include <fmt/format.h>

#include <array>

#include "core/base/text.hpp"
#include "graph/dot_writer.hpp"
#include "graph/json_writer.hpp"
#include "graph/svg_writer.hpp"
#include "graph/text_writer.hpp"
#include "graph/tree_writer.hpp"

namespace modtool::cli {
namespace {

struct NamedFormat {
  std::string_view name;
  std::string_view suffix;
  GraphFormat format;
};

constexpr std::array kFormats = {
    NamedFormat{"text", ".txt", GraphFormat::kText},  NamedFormat{"json", ".json", GraphFormat::kJson},
    NamedFormat{"dot", ".dot", GraphFormat::kDot},    NamedFormat{"svg", ".svg", GraphFormat::kSvg},
    NamedFormat{"tree", ".tree", GraphFormat::kTree},
};

}  // namespace

Result<GraphFormat> choose_format(const std::string& name, const std::string& output) {
  std::vector<std::string_view> names;
  for (const auto& known : kFormats) {
    if (name == known.name || (name.empty() && output.ends_with(known.suffix))) return known.format;
    names.push_back(known.name);
  }
  const std::string file = io::base_name(output);
  const auto dot = file.rfind('.');
  const std::string suffix = dot == 0 || dot == file.npos ? std::string() : file.substr(dot);
  if (name.empty() && suffix.empty()) return GraphFormat::kText;
  if (name.empty()) {
    return fail(Error{
        .code = Code::kUsage,
        .message = fmt::format(
            "no format is written to `{}` files; name one with --format, or write .svg, .dot, .json or .txt", suffix)}
                    .with(Fix::again("graph", {"--output", output.substr(0, output.size() - suffix.size()) + ".svg"})));
  }
  const auto meant = nearest(name, names);
  Error error{.code = Code::kUsage,
              .message = fmt::format("unknown format `{}`; text, json, dot, svg and tree are known", name)};
  if (meant.empty()) return fail(std::move(error));
  error.message = fmt::format("unknown format `{}`{}", name, did_you_mean(name, names));
  return fail(std::move(error).with(Fix::again("graph", {"--format", std::string(meant)})));
}

Result<std::string> format_graph(const engine::Context& context, const graph::Graph& graph, GraphFormat format,
                                 std::optional<unsigned> depth) {
  switch (format) {
    case GraphFormat::kText:
      return graph::format_text(graph);
    case GraphFormat::kJson:
      return graph::format_json(graph);
    case GraphFormat::kDot:
      return graph::format_dot(graph);
    case GraphFormat::kTree:
      return graph::format_tree(graph, graph::TreeStyle::kUnicode, depth);
    case GraphFormat::kSvg:
      break;
  }
  // The layout of a large graph takes seconds, in one piece.
  const std::string what = fmt::format("{} modules and {} edges", graph.nodes.size(), graph.edges.size());
  const Task laying_out = context.reporter.begin({.verb = "laying out", .what = what});
  return graph::draw_svg(graph, {.command = context.settings.layout_child}, context.cancellation);
}

}  // namespace modtool::cli
