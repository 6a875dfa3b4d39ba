// The graph as a picture that needs nothing but itself: no scripts, no fonts, no links to the outside.
#pragma once

#include <string>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "graph/graph_model.hpp"
#include "graph/layout.hpp"

namespace modtool::graph {

// A complete SVG document. Every node has its description as tooltip and an anchor; the picture has a title, a
// description and a legend, and follows the reader's choice of a light or dark background. Kinds differ in border and
// shape as well as in colour. The same graph and the same Graphviz give the same bytes.
// Errors: those of `lay_out`; their fix draws a part.
Result<std::string> draw_svg(const Graph& graph, const LayoutChild& child, const Cancellation& cancellation);

}  // namespace modtool::graph
