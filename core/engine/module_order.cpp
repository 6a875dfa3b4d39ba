#include "core/engine/module_order.hpp"

#include <map>
#include <set>
#include <span>

namespace modtool::engine {
namespace {

using module::ModuleVersion;

// A walk in depth, each module noted when all below it are.
class DependencyOrder {
 public:
  explicit DependencyOrder(const resolve::ModuleGraph& graph) : graph_(graph) {
    for (const auto node : graph.nodes()) nodes_.emplace(graph.module(node), node);
  }

  std::vector<ModuleVersion> list() {
    for (const auto& module : graph_.build_list()) {
      enter(module);
      while (!open_.empty()) advance();
    }
    return std::move(order_);
  }

 private:
  // A module whose requirements are being visited.
  struct Visit {
    ModuleVersion module;
    std::span<const mvs::NodeId> unvisited;
  };

  void enter(const ModuleVersion& module) {
    if (!seen_.insert(module).second) return;
    const auto node = nodes_.find(module);
    open_.push_back({module, node == nodes_.end() ? std::span<const mvs::NodeId>() : graph_.required_by(node->second)});
  }

  void advance() {
    Visit& visit = open_.back();
    if (visit.unvisited.empty()) {
      order_.push_back(std::move(visit.module));
      open_.pop_back();
      return;
    }
    const auto* selected = graph_.selected(graph_.module(visit.unvisited.front()).path);
    visit.unvisited = visit.unvisited.subspan(1);
    if (selected != nullptr) enter(*selected);
  }

  const resolve::ModuleGraph& graph_;
  std::map<ModuleVersion, mvs::NodeId> nodes_;
  std::set<ModuleVersion> seen_;
  std::vector<Visit> open_;
  std::vector<ModuleVersion> order_;
};

}  // namespace

std::vector<ModuleVersion> in_dependency_order(const resolve::ModuleGraph& graph) {
  return DependencyOrder(graph).list();
}

}  // namespace modtool::engine
