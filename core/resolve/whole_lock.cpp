#include "core/resolve/whole_lock.hpp"

#include <fmt/format.h>

#include <set>

namespace modtool::resolve {

using module::ModuleVersion;

Result<void> check_lock_is_whole(const ModuleGraph& graph, const SummaryReader& stand_in, const manifest::Lock& lock,
                                 const std::string& name, const std::string& fix) {
  const auto stale = [&](const std::string& why, const Where& where) {
    return fail(Error{.code = Code::kLockStale, .message = why, .where = where}.fix(fix));
  };
  // What is replaced may still be locked: a replacement comes and goes while people work.
  std::set<ModuleVersion> reached;
  std::set<ModuleVersion> selected;
  for (const auto node : graph.nodes()) {
    reached.insert(graph.module(node));
    reached.insert(stand_in.actual(graph.module(node)));
  }
  for (const auto& module : graph.build_list()) {
    const ModuleVersion actual = stand_in.actual(module);
    selected.insert(module);
    selected.insert(actual);
    if (actual.version.empty() || !lock.checksums.lines(actual).empty()) continue;
    return stale(fmt::format("{} is selected and has no checksum in {}", to_string(actual), name), {});
  }
  for (const auto& locked : lock.modules) {
    const bool has_sum = !locked.sum.empty();
    if (reached.contains(locked.module) && (!has_sum || selected.contains(locked.module))) continue;
    return stale(fmt::format("{} is locked, and {}", to_string(locked.module),
                             has_sum ? "is not selected" : "nothing requires it"),
                 locked.where);
  }
  return {};
}

}  // namespace modtool::resolve
