// The filters that keep modules by where they lie from others: `--focus`, `--from/--to`, `--prune`, `--depth`. Each
// answers the graph of the modules it keeps, with every requirement between two of them.
#pragma once

#include "core/base/result.hpp"
#include "graph/adjacency.hpp"

namespace modtool::graph {

// The modules in focus, all that they need and all that needs them; of a reversed graph only the latter (which its
// edges lead to). The focus becomes the roots.
Graph focus_on(const Graph& graph, const NodeSet& focus);

// The modules on paths from `from` to `to`; an empty set stands for "anywhere". `from`, or else `to`, becomes the
// roots. Code::kNoSuchNode where no path leads from one to the other.
Result<Graph> between(const Graph& graph, const NodeSet& from, const NodeSet& to);

// Without the modules of `gone`, and without what only they bring in. Code::kUsage for a main module.
Result<Graph> prune(const Graph& graph, const NodeSet& gone);

// The modules at most so many edges away from the roots, against the edges too where the roots are a focus.
Graph limit_depth(const Graph& graph, unsigned steps);

}  // namespace modtool::graph
