// The graph as an indented tree, for reading on a terminal.
#pragma once

#include <optional>
#include <string>

#include "graph/graph_model.hpp"

namespace modtool::graph {

enum class TreeStyle : std::uint8_t { kUnicode, kAscii };

// A tree under each root, children in the order of `sorted_nodes`. What a module requires is shown where the module is
// met first, and `(*)` stands for it afterwards; so cycles end, and the output is proportional to the graph. Modules
// that no root leads to follow as trees of their own. At `depth` levels below a root the tree ends. Control and
// bidirectional characters are made visible.
std::string format_tree(const Graph& graph, TreeStyle style = TreeStyle::kUnicode,
                        std::optional<unsigned> depth = std::nullopt);

}  // namespace modtool::graph
