// `graph`: the module graph of a project as a value that can be filtered and drawn.
#pragma once

#include <string>

#include "core/engine/context.hpp"
#include "graph/graph_model.hpp"

namespace modtool::graph {

struct GraphOptions {
  std::string language;       // -go
  std::string manifest_file;  // -modfile
  bool go_face = false;       // checksums as the go command checks them
};

// The graph of the project; where several share a directory, the one graph of all of them, joined where a manifest says
// what needs its modules (`cgo`).
Result<Graph> load_project_graph(const engine::Context& context, const GraphOptions& options);

}  // namespace modtool::graph
