#include "cli/operations/graph.hpp"

#include <set>

#include "cli/operations/open_project.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

// What the manifest and the selection say about a node.
class NodeDescriber {
 public:
  NodeDescriber(const OpenProject& project, const resolve::ModuleGraph& graph) : project_(project), graph_(graph) {
    for (const auto& requirement : project.project().manifest.require) {
      if (!requirement.indirect) direct_.insert(requirement.module.path);
    }
  }

  graph::Node describe(const ModuleVersion& module) const {
    graph::Node node{.path = module.path, .version = module.version, .kind = kind_of(module)};
    if (const auto* replacement = project_.replacements().find(module)) node.replacement = replacement->to;
    return node;
  }

 private:
  graph::NodeKind kind_of(const ModuleVersion& module) const {
    if (module.version.empty()) return graph::NodeKind::kMain;
    if (*graph_.selected(module.path) != module) return graph::NodeKind::kLosing;
    return direct_.contains(module.path) ? graph::NodeKind::kDirect : graph::NodeKind::kIndirect;
  }

  const OpenProject& project_;
  const resolve::ModuleGraph& graph_;
  std::set<std::string_view> direct_;
};

graph::Graph as_value(const OpenProject& project, const resolve::ModuleGraph& graph) {
  const NodeDescriber describer(project, graph);
  std::vector<graph::NodeIndex> index;
  graph::Graph value;
  for (const auto node : graph.nodes()) {
    if (node >= index.size()) index.resize(node + 1);
    index[node] = static_cast<graph::NodeIndex>(value.nodes.size());
    value.nodes.push_back(describer.describe(graph.module(node)));
  }
  for (const auto node : graph.nodes()) {
    for (const auto target : graph.required_by(node)) value.edges.push_back({index[node], index[target]});
  }
  return value;
}

}  // namespace

Result<graph::Graph> load_project_graph(Session& session, const GraphOptions& options) {
  MODTOOL_TRY(const auto project, OpenProject::open(session, {.command = "mod graph",
                                                              .manifest_file = options.manifest_file,
                                                              .checksums = options.go_face ? ChecksumRule::kModMode
                                                                                           : ChecksumRule::kOwnFace,
                                                              .go_face = options.go_face,
                                                              .trace = options.trace}));
  MODTOOL_TRY(const auto graph, project->load_graph(options.language));
  project->save_index();
  return as_value(*project, graph);
}

}  // namespace modtool::cli
