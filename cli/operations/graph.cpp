#include "cli/operations/graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/dialect_flag.hpp"
#include "cli/operations/each_project.hpp"
#include "cli/operations/open_project.hpp"
#include "core/base/text.hpp"
#include "graph/merge.hpp"

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

// The graph of one project, and what its manifest says of the others in its directory.
struct ProjectGraph {
  project::Project project;
  graph::Graph graph;
};

Result<ProjectGraph> load_one(Session& session, const GraphOptions& options, const std::string& dialect) {
  MODTOOL_TRY(const auto project, OpenProject::open(session, {.command = "mod graph",
                                                              .manifest_file = options.manifest_file,
                                                              .dialect = dialect,
                                                              .checksums = options.go_face ? ChecksumRule::kModMode
                                                                                           : ChecksumRule::kOwnFace,
                                                              .go_face = options.go_face,
                                                              .trace = options.trace}));
  MODTOOL_TRY(const auto graph, project->load_graph(options.language));
  project->save_index();
  return ProjectGraph{.project = project->project(), .graph = as_value(*project, graph)};
}

// What joins the graph of a project to that of the one beside it, as a graph of its own.
class Joint {
 public:
  Joint(const io::FileReader& files, const ProjectGraph& library, const ProjectGraph& user)
      : files_(files), library_(library), user_(user) {}

  Result<graph::Graph> make() {
    for (const auto& [user, need] : library_.project.manifest.cgo) {
      MODTOOL_TRY(const auto from, add_user(user, need.where));
      for (const auto& path : need.modules) {
        MODTOOL_TRY(const auto* library, selected(library_, path, need.where));
        graph_.edges.push_back({from, add(*library)});
      }
    }
    return std::move(graph_);
  }

 private:
  graph::NodeIndex add(const graph::Node& node) {
    graph_.nodes.push_back(node);
    return static_cast<graph::NodeIndex>(graph_.nodes.size() - 1);
  }

  static Result<const graph::Node*> selected(const ProjectGraph& side, const std::string& path, const Where& where) {
    const auto found = std::ranges::find_if(side.graph.nodes, [&](const graph::Node& node) {
      return node.path == path && node.kind != graph::NodeKind::kLosing;
    });
    if (found != side.graph.nodes.end()) return &*found;
    return fail(Error{.code = Code::kManifestField,
                      .message = fmt::format("{} selects no module {}", side.project.dialect->manifest_name(), path),
                      .where = where});
  }

  // "./dir" is a package of the main module, and "." the one that has its path.
  Result<graph::NodeIndex> add_user(const std::string& user, const Where& where) {
    const std::string& main = user_.project.manifest.path;
    const bool is_package = user.starts_with("./");
    MODTOOL_TRY(const auto* node, selected(user_, is_package || user == "." ? main : user, where));
    if (!is_package) return add(*node);
    const auto info = files_.stat(io::join_path(user_.project.root, user));
    if (!info || info->kind != io::FileKind::kDirectory) {
      return fail(Error{.code = Code::kManifestField,
                        .message = fmt::format("there is no directory {}", quote(user)),
                        .where = where});
    }
    const auto from = add(*node);
    const auto package = add(
        {.path = main + user.substr(1), .version = {}, .kind = graph::NodeKind::kPackage, .dialects = node->dialects});
    graph_.edges.push_back({from, package});
    return package;
  }

  const io::FileReader& files_;
  const ProjectGraph& library_;
  const ProjectGraph& user_;
  graph::Graph graph_;
};

void name_dialect(ProjectGraph& one) {
  for (auto& node : one.graph.nodes) node.dialects = {std::string(one.project.dialect->name())};
}

// The graphs of all projects, then what joins them. Each project's manifest speaks of the first of the others.
Result<graph::Graph> join_graphs(const Session& session, std::vector<ProjectGraph> projects) {
  std::vector<graph::Graph> graphs;
  graphs.reserve(2 * projects.size());
  std::ranges::for_each(projects, name_dialect);
  for (const auto& one : projects) graphs.push_back(one.graph);
  for (std::size_t i = 0; i < projects.size(); ++i) {
    MODTOOL_TRY(auto joint, Joint(session.files, projects[i], projects[i == 0 ? 1 : 0]).make());
    graphs.push_back(std::move(joint));
  }
  return graph::merge_graphs(graphs);
}

// What is asked in the words of one dialect is about its project.
std::vector<std::string> dialects_of(const Session& session, const GraphOptions& options) {
  if (options.go_face || !options.language.empty()) return {""};
  return dialects_here(session, options.manifest_file);
}

}  // namespace

Result<graph::Graph> load_project_graph(Session& session, const GraphOptions& options) {
  std::vector<ProjectGraph> projects;
  for (const auto& dialect : dialects_of(session, options)) {
    MODTOOL_TRY(auto one, naming_dialect(load_one(session, options, dialect), dialect));
    projects.push_back(std::move(one));
  }
  return projects.size() == 1 ? std::move(projects.front().graph) : join_graphs(session, std::move(projects));
}

}  // namespace modtool::cli
