// The module graph of a project: which versions require which, and what minimal version selection makes of it.
//
// With graph pruning (go ≥ 1.17 and the native dialect) the requirements of a dependency are taken as complete: those
// of the roots are in the graph, those of their requirements only below modules that do not prune.
#pragma once

#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/modules.hpp"
#include "core/module/module_version.hpp"
#include "core/mvs/mvs.hpp"
#include "core/resolve/module_table.hpp"

namespace modtool::resolve {

// A module whose manifest is the project's own.
struct MainModule {
  module::ModuleVersion module;                // without a version
  std::vector<module::ModuleVersion> require;  // its excluded versions left out
};

// What a graph is loaded from. All of it outlives the loading, not the graph.
struct GraphInputs {
  std::vector<MainModule> mains;       // at least one; a workspace has several
  manifest::Roots roots;               // what they require together
  const manifest::Manifest& manifest;  // the root's: exclusions, and what the dialect makes of majors and descriptions
  const manifest::Dialect& dialect;
  manifest::Modules& modules;
  WorkerPool& pool;
};

// A loaded graph; immutable.
class ModuleGraph {
 public:
  // Reads every manifest that counts. An error names the chain of requirements that leads to it, in Go's words.
  // Code::kTwoClasses, with both chains, where two incompatible versions of one path are required.
  static Result<ModuleGraph> load(const GraphInputs& inputs);

  // The first of the main modules; all of them are the nodes in front.
  mvs::NodeId main() const { return 0; }
  std::span<const mvs::NodeId> mains() const { return std::span(nodes()).first(mains_); }
  bool is_main(mvs::NodeId node) const { return node < mains_; }
  const module::ModuleVersion& module(mvs::NodeId node) const { return table_.module(node); }
  // Nodes are numbered below it.
  std::size_t node_count() const { return table_.size(); }
  // What a node requires, in the order of its manifest; empty where it was pruned out.
  std::span<const mvs::NodeId> required_by(mvs::NodeId node) const;
  // Whether the node's manifest was read: not that of what pruning left out, nor the project's own.
  bool was_read(mvs::NodeId node) const { return node < was_read_.size() && was_read_[node]; }
  // Every node, breadth first from the main modules, each once.
  const std::vector<mvs::NodeId>& nodes() const { return selection_.reached(); }
  // Whether the graph holds a module, selected or not.
  bool holds(const module::ModuleVersion& module) const { return node_of(module) != mvs::kNoNode; }
  // The node of a module, or mvs::kNoNode.
  mvs::NodeId node_of(const module::ModuleVersion& module) const { return table_.find(module); }
  // Whether a node is the selected version of its path; main modules are.
  bool selects(mvs::NodeId node) const { return selection_.selected(table_.path_of(node)) == node; }
  // The selected version of a path, or nullptr where the graph does not hold the path. The main module's is empty.
  const module::ModuleVersion* selected(std::string_view path) const;
  // The main modules, then the selected versions of all other paths, sorted by path.
  std::vector<module::ModuleVersion> build_list() const;

  // The roots it was loaded from, and whether each of them is the selected version of its path.
  const manifest::Roots& roots() const { return roots_; }
  bool roots_are_selected() const;

 private:
  friend class GraphLoader;
  explicit ModuleGraph(ClassOf class_of) : table_(std::move(class_of)) {}

  ModuleTable table_;
  std::vector<std::vector<mvs::NodeId>> required_;  // by node
  std::vector<bool> was_read_;                      // by node
  std::size_t mains_ = 1;
  mvs::Selection selection_;
  manifest::Roots roots_;
};

// The graph after its roots were made consistent (Roots::are_raised): where a root is not the selected version of its
// path, the roots are raised (and, without pruning, reduced to the ones needed) and the graph is loaded again until
// nothing changes.
Result<ModuleGraph> load_consistent_graph(const GraphInputs& inputs);

// Fails where one module stands in for two paths of the list, or for one of them and itself: packages of it would be
// loaded twice under different names.
Result<void> check_single_use(const std::vector<module::ModuleVersion>& list, const manifest::Modules& modules);

}  // namespace modtool::resolve
