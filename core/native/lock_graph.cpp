#include "core/native/lock_graph.hpp"

#include <algorithm>
#include <set>

namespace modtool::native {

ModuleNumber ModuleNumbers::of(const module::ModuleVersion& module) {
  if (const auto known = numbers_.find(&module); known != numbers_.end()) return known->second;
  const auto next = static_cast<ModuleNumber>(modules_.size());
  numbers_.emplace(&modules_.emplace_back(module), next);
  return next;
}

LockGraph::LockGraph(const ModuleNumbers& numbers, const LockShape& shape)
    : numbers_(numbers), shape_(shape), records_(numbers.size()) {
  for (const auto* record : shape.records) records_[record->module] = record;
  reached_ = reach([](const GraphRoot&) { return true; }, nullptr);
}

bool LockGraph::is_self_contained() const {
  for (ModuleNumber module = 0; module < reached_.size(); ++module) {
    if (reached_[module] != (records_[module] != nullptr)) return false;
  }
  return true;
}

std::vector<Fate> LockGraph::fates() const {
  const Selected selected = select();
  std::vector<Fate> fates;
  fates.reserve(shape_.records.size());
  for (const auto* record : shape_.records) {
    const auto module = record->module;
    if (!reached_[module]) {
      fates.push_back(Fate::kDropped);
    } else {
      fates.push_back(selected.at(numbers_.module(module).path) == module ? Fate::kSelected : Fate::kLosing);
    }
  }
  return fates;
}

std::unordered_map<ModuleNumber, std::vector<std::string>> LockGraph::groups() const {
  std::set<std::string_view> groups;
  for (const auto& root : shape_.roots) groups.insert(root.group);
  std::unordered_map<ModuleNumber, std::vector<std::string>> found;
  if (groups == std::set<std::string_view>{""}) return found;
  const Selected selected = select();
  const auto used_by = [&](std::string_view group) {
    return reach([&](const GraphRoot& root) { return root.group == group; }, &selected);
  };
  const auto needed = used_by("");
  for (const auto& group : groups) {
    const auto used = used_by(group);
    for (ModuleNumber module = 0; module < used.size(); ++module) {
      if (used[module] && !needed[module]) found[module].emplace_back(group);
    }
  }
  return found;
}

// What the roots that count ask for. With `selected`, the selected version of each path is used along with whichever
// was asked for.
template <class Counts>
std::vector<bool> LockGraph::reach(const Counts& counts, const Selected* selected) const {
  std::vector<bool> seen(numbers_.size());
  std::vector<ModuleNumber> queue;
  const auto enter = [&](ModuleNumber module) {
    if (!seen[module]) queue.push_back(module);
    seen[module] = true;
  };
  for (const auto& root : shape_.roots) {
    if (counts(root)) enter(root.module);
  }
  while (!queue.empty()) {
    const auto module = queue.back();
    queue.pop_back();
    if (selected != nullptr) enter(selected->at(numbers_.module(module).path));
    if (records_[module] == nullptr) continue;
    for (const auto required : records_[module]->require) enter(required);
  }
  return seen;
}

LockGraph::Selected LockGraph::select() const {
  Selected selected;
  for (ModuleNumber module = 0; module < reached_.size(); ++module) {
    if (!reached_[module]) continue;
    const auto [known, is_new] = selected.emplace(numbers_.module(module).path, module);
    if (!is_new && module_less(numbers_.module(known->second), numbers_.module(module))) known->second = module;
  }
  return selected;
}

}  // namespace modtool::native
