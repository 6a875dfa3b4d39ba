#include "core/resolve/module_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

namespace modtool::resolve {

using manifest::Summary;
using module::ModuleVersion;
using mvs::NodeId;
using mvs::PathId;

namespace {

// Adjacency lists as minimal version selection wants to see them.
class TableRequirements final : public mvs::Requirements {
 public:
  TableRequirements(const ModuleTable& table, const std::vector<std::vector<NodeId>>& required,
                    const manifest::Dialect& dialect)
      : table_(table), required_(required), dialect_(dialect) {}

  Result<std::span<const NodeId>> required(NodeId node) override {
    return node < required_.size() ? std::span<const NodeId>(required_[node]) : std::span<const NodeId>();
  }
  NodeId max(PathId, NodeId a, NodeId b) override {
    const auto& left = table_.module(a);
    const auto& right = table_.module(b);
    if (left.version.empty() || right.version.empty()) return left.version.empty() ? a : b;  // the main module
    return dialect_.compare(left.path, left.version, right.version) < 0 ? b : a;
  }
  PathId path_of(NodeId node) override { return table_.path_of(node); }

 private:
  const ModuleTable& table_;
  const std::vector<std::vector<NodeId>>& required_;
  const manifest::Dialect& dialect_;
};

// A main module is itself at whatever version it is required: it has one class.
ClassOf class_of(const GraphInputs& inputs) {
  std::vector<std::string> mains;
  mains.reserve(inputs.mains.size());
  for (const auto& main : inputs.mains) mains.push_back(main.module.path);
  return
      [&dialect = inputs.dialect, &manifest = inputs.manifest, mains](std::string_view path, std::string_view version) {
        const bool is_main = std::ranges::find(mains, path) != mains.end();
        return is_main ? std::string() : dialect.compatibility_class(manifest, path, version);
      };
}

}  // namespace

// Loads a graph level by level: the manifests of a level are read in parallel, then taken in order, so the result does
// not depend on timing.
class GraphLoader {
 public:
  explicit GraphLoader(const GraphInputs& inputs)
      : inputs_(inputs),
        excluded_(inputs.manifest.exclude.begin(), inputs.manifest.exclude.end()),
        graph_(class_of(inputs)) {}

  Result<ModuleGraph> load() {
    for (const auto& main : inputs_.mains) mains_.push_back(graph_.table_.intern(main.module));
    graph_.mains_ = mains_.size();
    for (std::size_t i = 0; i < mains_.size(); ++i) require(mains_[i], inputs_.mains[i].require);
    std::vector<Visit> level;
    for (const NodeId main : mains_) {
      for (const NodeId root : graph_.required_[main]) {
        if (!graph_.is_main(root)) enqueue(level, {root, inputs_.roots.prunes});
      }
    }
    while (!level.empty()) {
      MODTOOL_CHECK(read(level));
      level = expand(level);
    }
    MODTOOL_CHECK(check_errors());
    return finish();
  }

 private:
  // A node to expand; `pruned` is how the requirement that led to it is read.
  struct Visit {
    NodeId node;
    bool pruned;
  };
  // What is known of a node. Its requirements are read once, its expansion may be asked for with and without pruning.
  struct State {
    bool read = false;
    bool visited_pruned = false;
    bool visited_unpruned = false;
    bool prunes = false;
    std::optional<Error> error;
  };

  State& state(NodeId node) {
    if (node >= states_.size()) states_.resize(graph_.table_.size());
    return states_[node];
  }

  void enqueue(std::vector<Visit>& level, Visit visit) {
    bool& visited = visit.pruned ? state(visit.node).visited_pruned : state(visit.node).visited_unpruned;
    if (visited) return;
    visited = true;
    level.push_back(visit);
  }

  void require(NodeId node, const std::vector<ModuleVersion>& modules) {
    std::vector<NodeId> nodes;
    nodes.reserve(modules.size());
    for (const auto& module : modules) {
      if (!excluded_.contains(module)) nodes.push_back(graph_.table_.intern(module));
    }
    if (graph_.required_.size() <= node) graph_.required_.resize(graph_.table_.size());
    graph_.required_[node] = std::move(nodes);
  }

  Result<void> read(const std::vector<Visit>& level) {
    std::vector<NodeId> unread;
    for (const Visit& visit : level) {
      if (!std::exchange(state(visit.node).read, true)) unread.push_back(visit.node);
    }
    std::vector<std::optional<Result<Summary>>> summaries(unread.size());
    MODTOOL_CHECK(inputs_.pool.for_each(unread.size(), [&](std::size_t i) -> Result<void> {
      summaries[i] = inputs_.modules.summary(graph_.table_.module(unread[i]));
      return {};
    }));
    for (std::size_t i = 0; i < unread.size(); ++i) take(unread[i], std::move(*summaries[i]));
    return {};
  }

  void take(NodeId node, Result<Summary> summary) {
    if (!summary) {
      Error error = std::move(summary).error();
      std::string frame = frame_for(graph_.table_.module(node), error.code);
      state(node).error = std::move(error).in(std::move(frame));
      return;
    }
    state(node).prunes = summary->prunes;
    require(node, summary->require);
  }

  // A tool that is too old is told of what stands in for the module anyway.
  std::string frame_for(const ModuleVersion& module, Code code) const {
    const manifest::StandIn stand_in = inputs_.modules.stand_in(module);
    if (module == stand_in || code == Code::kTooNewGo) return to_string(module);
    return fmt::format("{} (replaced by {})", to_string(module), to_string(stand_in));
  }

  std::vector<Visit> expand(const std::vector<Visit>& level) {
    std::vector<Visit> next;
    for (const Visit& visit : level) {
      const bool prunes = state(visit.node).prunes;
      if (visit.pruned && prunes) continue;
      const auto nodes = graph_.required_by(visit.node);
      for (const NodeId node : nodes) enqueue(next, {node, visit.pruned && prunes});
    }
    return next;
  }

  // The first error in breadth-first order, a wrong checksum before all others, behind the chain of requirements that
  // leads to it.
  Result<void> check_errors() {
    TableRequirements requirements(graph_.table_, graph_.required_, inputs_.dialect);
    const auto has_error = [](const State& s) { return s.error.has_value(); };
    const auto is_mismatch = [](const State& s) { return s.error && s.error->code == Code::kChecksumMismatch; };
    if (std::ranges::none_of(states_, has_error)) return {};
    const bool wants_mismatch = std::ranges::any_of(states_, is_mismatch);
    const auto failed = [&](NodeId node) {
      return node < states_.size() && (wants_mismatch ? is_mismatch(states_[node]) : has_error(states_[node]));
    };
    MODTOOL_TRY(const auto chain, mvs::find_chain(requirements, mains_, failed));
    Error error = std::move(*states_[chain.back()].error);
    std::string lead;
    for (std::size_t i = 1; i + 1 < chain.size(); ++i)
      lead += to_string(graph_.table_.module(chain[i])) + " requires\n\t";
    if (!lead.empty()) error.context.back().insert(0, lead);
    return fail(std::move(error));
  }

  Result<ModuleGraph> finish() {
    graph_.required_.resize(graph_.table_.size());
    for (const State& known : states_) graph_.was_read_.push_back(known.read);
    TableRequirements requirements(graph_.table_, graph_.required_, inputs_.dialect);
    MODTOOL_TRY(graph_.selection_, mvs::Selection::of(requirements, mains_));
    graph_.roots_ = inputs_.roots;
    MODTOOL_CHECK(check_classes(requirements));
    return std::move(graph_);
  }

  // No path may be reached at versions of two compatibility classes.
  Result<void> check_classes(TableRequirements& requirements) const {
    std::map<std::string_view, NodeId> first;
    for (const NodeId node : graph_.nodes()) {
      const auto& table = graph_.table_;
      const NodeId known = first.emplace(table.module(node).path, node).first->second;
      if (table.path_of(known) == table.path_of(node)) continue;
      const auto selected = [&](NodeId n) { return graph_.selection_.selected(table.path_of(n)); };
      MODTOOL_TRY(const std::string one, chain_to(requirements, selected(known)));
      MODTOOL_TRY(const std::string other, chain_to(requirements, selected(node)));
      return fail(Error{.code = Code::kTwoClasses,
                        .message = fmt::format("two incompatible versions of {} are required:\n\t{}\n\t{}",
                                               table.module(node).path, one, other)}
                      .with(accepting(selected(known), selected(node))));
    }
    return {};
  }

  // Lets the newer of two versions serve all.
  Fix accepting(NodeId a, NodeId b) const {
    const auto& one = graph_.module(a);
    const auto& other = graph_.module(b);
    const auto& newer = inputs_.dialect.compare(one.path, one.version, other.version) < 0 ? other : one;
    return Fix::modtool("edit", {"--major", fmt::format("{}={}", newer.path, newer.version)});
  }

  // "b@v2 <- a@v1 <- main".
  Result<std::string> chain_to(TableRequirements& requirements, NodeId wanted) const {
    MODTOOL_TRY(const auto chain, mvs::find_chain(requirements, mains_, [=](NodeId n) { return n == wanted; }));
    std::string text;
    for (auto node = chain.rbegin(); node != chain.rend(); ++node) {
      text += (text.empty() ? "" : " <- ") + to_string(graph_.module(*node));
    }
    return text;
  }

  const GraphInputs& inputs_;
  std::set<ModuleVersion> excluded_;
  ModuleGraph graph_;
  std::vector<NodeId> mains_;
  std::vector<State> states_;  // by node
};

// Where the root accepts one class for a path, the least version of it is a root too, if the graph holds the path and
// the version is not excluded.
Result<ModuleGraph> ModuleGraph::load(const GraphInputs& inputs) {
  MODTOOL_TRY(ModuleGraph graph, GraphLoader(inputs).load());
  GraphInputs raised = inputs;
  for (const auto& [path, floor] : inputs.manifest.majors) {
    const auto* version = graph.selected(path);
    if (version == nullptr || inputs.dialect.compare(path, version->version, floor) >= 0) continue;
    if (std::ranges::find(inputs.manifest.exclude, ModuleVersion{path, floor}) != inputs.manifest.exclude.end())
      continue;
    raised.roots.modules.push_back({path, floor});
    raised.mains.front().require.push_back({path, floor});
  }
  if (raised.roots.modules.size() == inputs.roots.modules.size()) return graph;
  return ModuleGraph::load(raised);
}

std::span<const NodeId> ModuleGraph::required_by(NodeId node) const {
  return node < required_.size() ? std::span<const NodeId>(required_[node]) : std::span<const NodeId>();
}

const ModuleVersion* ModuleGraph::selected(std::string_view path) const {
  const PathId id = table_.find_path(path);
  const NodeId node = id == mvs::kNoNode ? mvs::kNoNode : selection_.selected(id);
  return node == mvs::kNoNode ? nullptr : &table_.module(node);
}

std::vector<ModuleVersion> ModuleGraph::build_list() const {
  std::vector<ModuleVersion> list;
  for (const NodeId node : nodes()) {
    if (selects(node)) list.push_back(module(node));
  }
  std::sort(list.begin() + static_cast<std::ptrdiff_t>(mains_), list.end(),
            [](const auto& a, const auto& b) { return a.path < b.path; });
  return list;
}

bool ModuleGraph::roots_are_selected() const {
  return std::ranges::all_of(roots_.modules, [this](const ModuleVersion& root) {
    const auto* version = selected(root.path);
    return version != nullptr && *version == root;
  });
}

namespace {

// With pruning: every root path once, at its selected version.
std::vector<ModuleVersion> raised_roots(const ModuleGraph& graph) {
  std::vector<ModuleVersion> roots;
  std::set<std::string_view> listed = {graph.module(graph.main()).path};
  for (const auto& root : graph.roots().modules) {
    if (listed.insert(root.path).second) roots.push_back(*graph.selected(root.path));
  }
  return roots;
}

// A graph whose main module requires every selected version.
class BuildListGraph {
 public:
  BuildListGraph(const ModuleGraph& graph, const manifest::Dialect& dialect)
      : requirements_(table_, required_, dialect) {
    const auto list = graph.build_list();
    require(list[0], {list.begin() + 1, list.end()});
    for (const NodeId node : graph.nodes()) {
      if (node == graph.main()) continue;
      std::vector<ModuleVersion> modules;
      for (const NodeId target : graph.required_by(node)) modules.push_back(graph.module(target));
      require(graph.module(node), modules);
    }
  }

  // The fewest modules that, required by the main module, select the same versions; those with a base path among them.
  Result<std::vector<ModuleVersion>> minimal(const std::vector<std::string>& base) {
    std::vector<PathId> paths;
    paths.reserve(base.size());
    for (const auto& path : base) paths.push_back(table_.find_path(path));
    const NodeId main = 0;
    MODTOOL_TRY(const auto selection, mvs::Selection::of(requirements_, {&main, 1}));
    MODTOOL_TRY(const auto nodes, mvs::minimal_requirements(requirements_, selection, main, paths));
    std::vector<ModuleVersion> modules;
    modules.reserve(nodes.size());
    for (const NodeId node : nodes) modules.push_back(table_.module(node));
    std::ranges::sort(modules, module::module_less);
    return modules;
  }

 private:
  void require(const ModuleVersion& from, const std::vector<ModuleVersion>& to) {
    const NodeId node = table_.intern(from);
    std::vector<NodeId> nodes;
    nodes.reserve(to.size());
    for (const auto& module : to) nodes.push_back(table_.intern(module));
    if (required_.size() <= node) required_.resize(node + 1);
    required_[node] = std::move(nodes);
  }

  ModuleTable table_;
  std::vector<std::vector<NodeId>> required_;  // by node
  TableRequirements requirements_;
};

// Without pruning: the fewest roots that select the same versions, the direct ones and those that were right already
// among them.
Result<std::vector<ModuleVersion>> reduced_roots(const ModuleGraph& graph, const manifest::Dialect& dialect) {
  std::vector<std::string> base;
  for (const auto& root : graph.roots().modules) {
    if (graph.roots().direct.contains(root.path) || *graph.selected(root.path) == root) base.push_back(root.path);
  }
  return BuildListGraph(graph, dialect).minimal(base);
}

}  // namespace

Result<ModuleGraph> load_consistent_graph(const GraphInputs& inputs) {
  MODTOOL_TRY(ModuleGraph graph, ModuleGraph::load(inputs));
  while (inputs.roots.are_raised && !graph.roots_are_selected()) {
    GraphInputs next = inputs;
    if (inputs.roots.prunes) {
      next.roots.modules = raised_roots(graph);
    } else {
      MODTOOL_TRY(next.roots.modules, reduced_roots(graph, inputs.dialect));
    }
    next.mains.front().require = next.roots.modules;  // a workspace's roots are not raised
    MODTOOL_TRY(graph, ModuleGraph::load(next));
    if (!inputs.roots.prunes) break;
  }
  return graph;
}

Result<void> check_single_use(const std::vector<ModuleVersion>& list, const manifest::Modules& modules) {
  std::map<ModuleVersion, std::string_view> first_path;
  for (const auto& module : list) {
    const manifest::StandIn stand_in = modules.stand_in(module);
    const auto [first, fresh] = first_path.emplace(stand_in, module.path);
    if (fresh || first->second == module.path) continue;
    return fail(Code::kAmbiguousImport, fmt::format("{}@{} used for two different module paths ({} and {})",
                                                    stand_in.path, stand_in.version, first->second, module.path));
  }
  return {};
}

}  // namespace modtool::resolve
