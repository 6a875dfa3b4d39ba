#include "graph/of/project_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/base/text.hpp"
#include "core/engine/dialect_flag.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "graph/merge.hpp"

namespace modtool::graph {
namespace {

using module::ModuleVersion;

// What the manifest and the selection say about a node.
class NodeDescriber {
 public:
  NodeDescriber(const engine::OpenProject& project, const resolve::ModuleGraph& graph)
      : project_(project), graph_(graph) {
    for (const auto& requirement : project.project().manifest.require) {
      if (!requirement.indirect) direct_.insert(requirement.module.path);
    }
  }

  Node describe(const ModuleVersion& module) const {
    Node node{.path = module.path, .version = module.version, .kind = kind_of(module)};
    node.is_tool = project_.project().dialect->builtin(module).has_value();
    if (const auto* replacement = project_.replacements().find(module)) node.replacement = replacement->to;
    return node;
  }

 private:
  NodeKind kind_of(const ModuleVersion& module) const {
    if (module.version.empty()) return NodeKind::kMain;
    if (*graph_.selected(module.path) != module) return NodeKind::kLosing;
    return direct_.contains(module.path) ? NodeKind::kDirect : NodeKind::kIndirect;
  }

  const engine::OpenProject& project_;
  const resolve::ModuleGraph& graph_;
  std::set<std::string_view> direct_;
};

Graph as_value(const engine::OpenProject& project, const resolve::ModuleGraph& graph) {
  const NodeDescriber describer(project, graph);
  std::vector<NodeIndex> index;
  Graph value;
  value.nodes.reserve(graph.nodes().size());
  for (const auto node : graph.nodes()) {
    if (node >= index.size()) index.resize(node + 1);
    index[node] = static_cast<NodeIndex>(value.nodes.size());
    value.nodes.push_back(describer.describe(graph.module(node)));
  }
  for (const auto node : graph.nodes()) {
    for (const auto target : graph.required_by(node)) value.edges.push_back({index[node], index[target]});
  }
  return value;
}

// The graph of one project, and what its manifest says of the others in its directory.
struct ProjectGraph {
  std::unique_ptr<engine::OpenProject> opened;
  Graph graph;

  const project::Project& project() const { return opened->project(); }
};

Result<ProjectGraph> load_one(const engine::Context& context, const GraphOptions& options,
                              const engine::ProjectChoice& choice) {
  using engine::ChecksumRule;
  MODTOOL_TRY(auto opened, engine::OpenProject::open(
                               context, {.command = options.go_face ? "mod graph" : "graph",
                                         .manifest_file = options.manifest_file,
                                         .choice = choice,
                                         .checksums = options.go_face ? ChecksumRule::kModMode : ChecksumRule::kOwnFace,
                                         .go_face = options.go_face}));
  MODTOOL_TRY(const auto graph, opened->load_graph(options.language));
  opened->save_index();
  Graph value = as_value(*opened, graph);
  return ProjectGraph{.opened = std::move(opened), .graph = std::move(value)};
}

// What joins the graph of a project to that of the one beside it, as a graph of its own.
class Joint {
 public:
  Joint(const io::FileReader& files, const ProjectGraph& library, const ProjectGraph& user)
      : files_(files), library_(library), user_(user) {}

  Result<Graph> make() {
    for (const auto& [user, need] : library_.project().manifest.cgo) {
      MODTOOL_TRY(const auto from, add_user(user, need.where));
      for (const auto& path : need.modules) {
        MODTOOL_TRY(const auto* library, selected(library_, path, need.where));
        graph_.edges.push_back({from, add(*library)});
      }
    }
    return std::move(graph_);
  }

 private:
  NodeIndex add(const Node& node) {
    graph_.nodes.push_back(node);
    return static_cast<NodeIndex>(graph_.nodes.size() - 1);
  }

  static Result<const Node*> selected(const ProjectGraph& side, const std::string& path, const Where& where) {
    const auto found = std::ranges::find_if(
        side.graph.nodes, [&](const Node& node) { return node.path == path && node.kind != NodeKind::kLosing; });
    if (found != side.graph.nodes.end()) return &*found;
    return fail(Error{.code = Code::kManifestField,
                      .message = fmt::format("{} selects no module {}", side.project().dialect->manifest_name(), path),
                      .where = where});
  }

  // "./dir" is a package of the main module, and "." the one that has its path.
  Result<NodeIndex> add_user(const std::string& user, const Where& where) {
    const std::string& main = user_.project().manifest.path;
    const bool is_package = user.starts_with("./");
    MODTOOL_TRY(const auto* node, selected(user_, is_package || user == "." ? main : user, where));
    if (!is_package) return add(*node);
    MODTOOL_TRY(const auto info, files_.stat(io::join_path(user_.project().root, user)).if_there());
    if (!info || info->kind != io::FileKind::kDirectory) {
      return fail(Error{.code = Code::kManifestField,
                        .message = fmt::format("there is no directory {}", quote(user)),
                        .where = where});
    }
    const auto from = add(*node);
    const auto package =
        add({.path = main + user.substr(1), .version = {}, .kind = NodeKind::kPackage, .dialects = node->dialects});
    graph_.edges.push_back({from, package});
    return package;
  }

  const io::FileReader& files_;
  const ProjectGraph& library_;
  const ProjectGraph& user_;
  Graph graph_;
};

void name_dialect(ProjectGraph& one) {
  for (auto& node : one.graph.nodes) node.dialects = {std::string(one.project().dialect->name())};
}

// The graphs of all projects, then what joins them. Each project's manifest speaks of the first of the others.
Result<Graph> join_graphs(const engine::Context& context, std::vector<ProjectGraph> projects) {
  std::vector<Graph> graphs;
  graphs.reserve(2 * projects.size());
  std::ranges::for_each(projects, name_dialect);
  for (const auto& one : projects) graphs.push_back(one.graph);
  for (std::size_t i = 0; i < projects.size(); ++i) {
    MODTOOL_TRY(auto joint, Joint(context.files, projects[i], projects[i == 0 ? 1 : 0]).make());
    graphs.push_back(std::move(joint));
  }
  return merge_graphs(graphs);
}

// What is asked in the words of one dialect is about its project.
Result<std::vector<engine::ProjectChoice>> projects_of(const engine::Context& context, const GraphOptions& options) {
  if (options.go_face || !options.language.empty()) return std::vector{engine::ProjectChoice{}};
  return engine::choose_projects(context, options.manifest_file);
}

}  // namespace

Result<Graph> load_project_graph(const engine::Context& context, const GraphOptions& options) {
  MODTOOL_TRY(const auto choices, projects_of(context, options));
  std::vector<ProjectGraph> projects;
  for (const auto& choice : choices) {
    MODTOOL_TRY(auto one, engine::naming_dialect(load_one(context, options, choice), choice.which.name()));
    projects.push_back(std::move(one));
  }
  return projects.size() == 1 ? std::move(projects.front().graph) : join_graphs(context, std::move(projects));
}

}  // namespace modtool::graph
