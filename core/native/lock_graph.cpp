#include "core/native/lock_graph.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/module/semver.hpp"

namespace modtool::native {
namespace {

using manifest::Lock;
using manifest::LockedModule;
using module::ModuleVersion;

// The records of a lock by module, and walks over them. The lock must outlive it and keep its records.
class LockGraph {
 public:
  explicit LockGraph(const Lock& lock) : lock_(lock) {
    for (const auto& locked : lock.modules) records_.emplace(locked.module, &locked);
    reached_ = reach([](const manifest::LockedRoot&) { return true; }, false);
    for (const auto& module : reached_) select(module);
  }

  // All that the roots ask for, whether there is a record or not.
  const std::set<ModuleVersion>& reached() const { return reached_; }
  bool has_record(const ModuleVersion& module) const { return records_.contains(module); }
  bool is_selected(const ModuleVersion& module) const {
    const auto found = selected_.find(module.path);
    return found != selected_.end() && found->second == module.version;
  }

  // What the roots of one group ask for; of a path its selected version is used, whichever was asked for.
  std::set<ModuleVersion> used_by(const std::string& group) const {
    return reach([&](const manifest::LockedRoot& root) { return root.group == group; }, true);
  }

 private:
  template <class Counts>
  std::set<ModuleVersion> reach(const Counts& counts, bool uses_selected) const {
    std::set<ModuleVersion> seen;
    std::vector<ModuleVersion> queue;
    const auto enter = [&](const ModuleVersion& module) {
      if (seen.insert(module).second) queue.push_back(module);
    };
    for (const auto& root : lock_.roots) {
      if (!root.module.version.empty() && counts(root)) enter(root.module);
    }
    while (!queue.empty()) {
      const ModuleVersion module = std::move(queue.back());
      queue.pop_back();
      if (uses_selected) enter({module.path, selected_.at(module.path)});
      const auto record = records_.find(module);
      if (record == records_.end()) continue;
      for (const auto& required : record->second->require) enter(required);
    }
    return seen;
  }

  void select(const ModuleVersion& module) {
    auto& version = selected_[module.path];
    if (version.empty() || module::compare_versions(module.version, version) > 0) version = module.version;
  }

  const Lock& lock_;
  std::map<ModuleVersion, const LockedModule*> records_;
  std::set<ModuleVersion> reached_;
  std::map<std::string, std::string> selected_;  // path → version
};

// The groups that alone need each module; none for one that the project itself needs.
std::map<ModuleVersion, std::vector<std::string>> groups_by_module(const Lock& lock, const LockGraph& graph) {
  std::set<std::string> groups;
  for (const auto& root : lock.roots) groups.insert(root.group);
  const auto needed = graph.used_by("");
  std::map<ModuleVersion, std::vector<std::string>> found;
  for (const auto& group : groups) {
    for (const auto& module : graph.used_by(group)) {
      if (!needed.contains(module)) found[module].push_back(group);
    }
  }
  return found;
}

}  // namespace

bool is_self_contained(const Lock& lock) {
  const LockGraph graph(lock);
  return std::ranges::all_of(graph.reached(), [&](const auto& module) { return graph.has_record(module); }) &&
         std::ranges::all_of(lock.modules, [&](const auto& locked) { return graph.reached().contains(locked.module); });
}

std::vector<ModuleVersion> settle(Lock& lock) {
  std::vector<LockedModule> modules;
  std::vector<ModuleVersion> unpinned;
  const LockGraph graph(lock);
  auto groups = groups_by_module(lock, graph);
  for (const auto& locked : lock.modules) {
    if (!graph.reached().contains(locked.module)) continue;
    if (!graph.is_selected(locked.module)) {
      modules.push_back({.module = locked.module, .require = locked.require, .from = locked.from});
      continue;
    }
    modules.push_back(locked);
    modules.back().groups = groups[locked.module];
    if (locked.sum.empty()) unpinned.push_back(locked.module);
  }
  lock.modules = std::move(modules);
  return unpinned;
}

}  // namespace modtool::native
