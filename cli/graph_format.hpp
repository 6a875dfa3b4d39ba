// The formats of `modtool graph`.
#pragma once

#include <string>
#include <string_view>

#include "cli/session.hpp"
#include "graph/graph_model.hpp"

namespace modtool::cli {

enum class GraphFormat { kText, kJson, kDot, kSvg, kTree };

// The hidden command that this program runs itself with to lay out a graph in a process of its own.
inline constexpr std::string_view kLayoutVerb = "__layout";

// By name; without a name by the suffix of the output file; otherwise text. Code::kUsage names the nearest.
Result<GraphFormat> choose_format(const std::string& name, const std::string& output);

Result<std::string> format_graph(Session& session, const graph::Graph& graph, GraphFormat format);

}  // namespace modtool::cli
