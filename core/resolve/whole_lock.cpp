#include "core/resolve/whole_lock.hpp"

#include <fmt/format.h>

#include <map>
#include <vector>

namespace modtool::resolve {

using manifest::LockedModule;
using module::ModuleVersion;

namespace {

// The records of a lock, held against a graph.
class WholeLock {
 public:
  WholeLock(const ModuleGraph& graph, const manifest::Modules& modules, const LockIndex& lock)
      : graph_(graph), modules_(modules), lock_(lock) {
    for (const auto& locked : lock.modules()) nodes_.push_back(graph.node_of(locked.module));
    for (const auto node : graph.nodes()) {
      const auto& module = graph.module(node);
      // What is replaced may still be locked: a replacement comes and goes while people work.
      if (const manifest::StandIn stand_in = modules.stand_in(module); stand_in != module) {
        standing_in_[stand_in] |= graph.selects(node);
      }
    }
  }

  // Of the selected modules without a checksum the first by path; nullptr where there is none.
  const ModuleVersion* first_without_sum() const {
    const auto has_sum = nodes_with_sum();
    const ModuleVersion* first = nullptr;
    for (const auto node : graph_.nodes()) {
      if (!graph_.selects(node)) continue;
      const auto& module = graph_.module(node);
      const manifest::StandIn stand_in = modules_.stand_in(module);
      if (stand_in.is_directory() || (stand_in == module ? has_sum[node] : is_locked_with_sum(stand_in))) continue;
      if (first == nullptr || module < *first) first = &module;
    }
    return first;
  }

  // The first record that is one too many, or has too much; nullptr where there is none.
  const LockedModule* first_surplus() const {
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const auto& locked = lock_.modules()[i];
      const auto standing_in = standing_in_.find(locked.module);
      const bool stands_in = standing_in != standing_in_.end();
      const bool is_reached = nodes_[i] != mvs::kNoNode || stands_in;
      const bool is_selected =
          (nodes_[i] != mvs::kNoNode && graph_.selects(nodes_[i])) || (stands_in && standing_in->second);
      if (!is_reached || (!locked.sum.empty() && !is_selected)) return &locked;
    }
    return nullptr;
  }

 private:
  std::vector<bool> nodes_with_sum() const {
    std::vector<bool> has_sum(graph_.node_count());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      if (nodes_[i] != mvs::kNoNode && !lock_.modules()[i].sum.empty()) has_sum[nodes_[i]] = true;
    }
    return has_sum;
  }

  bool is_locked_with_sum(const ModuleVersion& module) const {
    const auto* locked = lock_.find(module);
    return locked != nullptr && !locked->sum.empty();
  }

  const ModuleGraph& graph_;
  const manifest::Modules& modules_;
  const LockIndex& lock_;
  std::vector<mvs::NodeId> nodes_;             // by record
  std::map<ModuleVersion, bool> standing_in_;  // what replaced modules are read from; whether one of them is selected
};

}  // namespace

Result<void> check_lock_is_whole(const ModuleGraph& graph, const manifest::Modules& modules, const LockIndex& lock,
                                 const std::string& name, const Fix& fix) {
  const auto stale = [&](const std::string& why, const Where& where) {
    return fail(Error{.code = Code::kLockStale, .message = why, .where = where}.with(fix));
  };
  const WholeLock whole(graph, modules, lock);
  if (const auto* module = whole.first_without_sum(); module != nullptr) {
    return stale(fmt::format("{} is selected and has no checksum in {}", to_string(modules.stand_in(*module)), name),
                 {});
  }
  if (const auto* locked = whole.first_surplus(); locked != nullptr) {
    return stale(fmt::format("{} is locked, and {}", to_string(locked->module),
                             locked->sum.empty() ? "nothing requires it" : "is not selected"),
                 locked->where);
  }
  return {};
}

}  // namespace modtool::resolve
