// What of a graph is looked at: all filters in their one order.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "graph/graph_model.hpp"

namespace modtool::graph {

// Patterns are those of graph/pattern.hpp; several of one kind add up.
struct ViewOptions {
  bool modules_only = false;       // without go and toolchain
  bool selected = false;           // --selected
  bool reduce = false;             // --reduce
  bool reverse = false;            // --reverse
  std::vector<std::string> focus;  // --focus
  std::vector<std::string> from;   // --from
  std::vector<std::string> to;     // --to
  std::vector<std::string> prune;  // --prune
  std::optional<unsigned> depth;   // --depth
};

// Applies the filters: tools, selected, prune, from/to, reverse, focus, depth, reduce. So patterns name the modules
// that are still there (Code::kNoSuchNode otherwise), and what is required directly is within depth 1, whatever else
// implies it.
Result<Graph> make_view(Graph graph, const ViewOptions& options);

// Every edge turned around: from a module to what requires it.
Graph reverse(Graph graph);

}  // namespace modtool::graph
