#include "core/native/lock_graph.hpp"

#include <algorithm>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "core/module/semver.hpp"

namespace modtool::native {
namespace {

using manifest::Lock;
using manifest::LockedModule;
using module::ModuleVersion;

// Modules are looked up by what they are and held where the lock has them.
struct SameModule {
  bool operator()(const ModuleVersion* a, const ModuleVersion* b) const { return *a == *b; }
};
struct ModuleHash {
  std::size_t operator()(const ModuleVersion* module) const {
    constexpr std::hash<std::string> kHash;
    return kHash(module->path) * 31 + kHash(module->version);
  }
};
using ModuleSet = std::unordered_set<const ModuleVersion*, ModuleHash, SameModule>;
template <class T>
using ModuleMap = std::unordered_map<const ModuleVersion*, T, ModuleHash, SameModule>;

// The records of a lock by module, and walks over them. The lock must outlive it and keep its records.
class LockGraph {
 public:
  explicit LockGraph(const Lock& lock) : lock_(lock) {
    for (const auto& locked : lock.modules) records_.emplace(&locked.module, &locked);
    reached_ = reach([](const manifest::LockedRoot&) { return true; }, false);
    for (const auto* module : reached_) select(*module);
  }

  // Whether there is a record for all that the roots ask for.
  bool has_all() const {
    return std::ranges::all_of(reached_, [&](const auto* module) { return records_.contains(module); });
  }
  // Whether the roots ask for a module.
  bool reaches(const ModuleVersion& module) const { return reached_.contains(&module); }
  bool is_selected(const ModuleVersion& module) const {
    const auto found = selected_.find(module.path);
    return found != selected_.end() && found->second->version == module.version;
  }

  // What the roots of one group ask for; of a path its selected version is used, whichever was asked for.
  ModuleSet used_by(const std::string& group) const {
    return reach([&](const manifest::LockedRoot& root) { return root.group == group; }, true);
  }

 private:
  template <class Counts>
  ModuleSet reach(const Counts& counts, bool uses_selected) const {
    ModuleSet seen;
    std::vector<const ModuleVersion*> queue;
    const auto enter = [&](const ModuleVersion* module) {
      if (seen.insert(module).second) queue.push_back(module);
    };
    for (const auto& root : lock_.roots) {
      if (!root.module.version.empty() && counts(root)) enter(&root.module);
    }
    while (!queue.empty()) {
      const auto* const module = queue.back();
      queue.pop_back();
      if (uses_selected) enter(selected_.at(module->path));
      const auto record = records_.find(module);
      if (record == records_.end()) continue;
      for (const auto& required : record->second->require) enter(&required);
    }
    return seen;
  }

  void select(const ModuleVersion& module) {
    const auto [known, is_new] = selected_.emplace(module.path, &module);
    if (!is_new && module::module_less(*known->second, module)) known->second = &module;
  }

  const Lock& lock_;
  ModuleMap<const LockedModule*> records_;
  ModuleSet reached_;
  std::unordered_map<std::string_view, const ModuleVersion*> selected_;  // by path
};

// The groups that alone need each module; none for one that the project itself needs.
ModuleMap<std::vector<std::string>> groups_by_module(const Lock& lock, const LockGraph& graph) {
  std::set<std::string> groups;
  for (const auto& root : lock.roots) groups.insert(root.group);
  ModuleMap<std::vector<std::string>> found;
  if (groups == std::set<std::string>{""}) return found;
  const auto needed = graph.used_by("");
  for (const auto& group : groups) {
    for (const auto* module : graph.used_by(group)) {
      if (!needed.contains(module)) found[module].push_back(group);
    }
  }
  return found;
}

enum class Fate { kDropped, kLosing, kSelected };

// What becomes of each record, in their order; the groups of those that are selected are entered.
std::vector<Fate> decide(Lock& lock) {
  const LockGraph graph(lock);
  auto groups = groups_by_module(lock, graph);
  std::vector<Fate> fates;
  fates.reserve(lock.modules.size());
  for (auto& locked : lock.modules) {
    const bool is_reached = graph.reaches(locked.module);
    const bool is_selected = is_reached && graph.is_selected(locked.module);
    fates.push_back(is_selected ? Fate::kSelected : is_reached ? Fate::kLosing : Fate::kDropped);
    if (!is_selected) continue;
    const auto found = groups.find(&locked.module);
    locked.groups = found == groups.end() ? std::vector<std::string>() : found->second;
  }
  return fates;
}

}  // namespace

bool is_self_contained(const Lock& lock) {
  const LockGraph graph(lock);
  return graph.has_all() &&
         std::ranges::all_of(lock.modules, [&](const auto& locked) { return graph.reaches(locked.module); });
}

std::vector<ModuleVersion> settle(Lock& lock) {
  const auto fates = decide(lock);
  std::vector<LockedModule> modules;
  std::vector<ModuleVersion> unpinned;
  for (std::size_t i = 0; i < fates.size(); ++i) {
    auto& locked = lock.modules[i];
    if (fates[i] == Fate::kLosing) {
      modules.push_back({.module = locked.module, .require = locked.require, .from = locked.from});
    } else if (fates[i] == Fate::kSelected) {
      if (locked.sum.empty()) unpinned.push_back(locked.module);
      modules.push_back(std::move(locked));
    }
  }
  lock.modules = std::move(modules);
  return unpinned;
}

}  // namespace modtool::native
