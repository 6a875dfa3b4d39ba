// The formats of `modtool graph`.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/engine/context.hpp"
#include "graph/graph_model.hpp"

namespace modtool::cli {

enum class GraphFormat { kText, kJson, kDot, kSvg, kTree };

// By name; without a name by the suffix of the output file; otherwise text. Code::kUsage names the nearest.
Result<GraphFormat> choose_format(const std::string& name, const std::string& output);

// A picture is laid out in a child process, which is told.
// A tree ends at `depth` levels.
Result<std::string> format_graph(const engine::Context& context, const graph::Graph& graph, GraphFormat format,
                                 std::optional<unsigned> depth);

}  // namespace modtool::cli
