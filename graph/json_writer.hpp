// The graph as JSON, for programs.
#pragma once

#include <string>

#include "graph/graph_model.hpp"

namespace modtool::graph {

// The version of the format below. Keys may be added without a new version; one is needed where a key goes or changes.
inline constexpr int kJsonSchema = 1;

// An object with the keys
//   schema    kJsonSchema
//   reversed  whether edges lead from a module to what requires it (--reverse)
//   nodes     sorted, main modules first: {id, path, version, kind, dialects, replace, members}. `version` is absent
//             from main modules and their packages, `dialects` from a graph of one project, `replace` {path, version}
//             from those not replaced (its version from directories), `members` (nodes themselves) from all but merged
//             cycles. `kind` is main, direct, indirect, package or losing.
//   edges     sorted, each once: {from, to}, both ids of nodes
// One record a line. Everything outside ASCII is escaped, so that the text is safe on a terminal.
std::string format_json(const Graph& graph);

}  // namespace modtool::graph
