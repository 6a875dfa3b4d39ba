// The only door to Graphviz.
#pragma once

#include "core/base/result.hpp"
#include "graph/layout.hpp"

namespace modtool::graph {

// Lays out from left to right with `dot`. Graphviz is loaded on the first call, without its configuration and without
// Pango, so that nothing but the request decides about the result. One thread at a time; may take any time and memory:
// for the child process of graph/layout.hpp. Code::kGraphvizMissing, Code::kLayoutFailed.
Result<Layout> compute_layout(const LayoutRequest& request, const LayoutEffort& effort);

}  // namespace modtool::graph
