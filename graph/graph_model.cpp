#include "graph/graph_model.hpp"

namespace modtool::graph {

std::string node_id(const Node& node) { return node.version.empty() ? node.path : node.path + "@" + node.version; }

}  // namespace modtool::graph
