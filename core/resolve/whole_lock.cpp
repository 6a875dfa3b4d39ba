#include "core/resolve/whole_lock.hpp"

#include <fmt/format.h>

#include <set>

namespace modtool::resolve {

using module::ModuleVersion;

Result<void> check_lock_is_whole(const ModuleGraph& graph, const manifest::Modules& modules, const manifest::Lock& lock,
                                 const std::string& name, const Fix& fix) {
  const auto stale = [&](const std::string& why, const Where& where) {
    return fail(Error{.code = Code::kLockStale, .message = why, .where = where}.with(fix));
  };
  // What is replaced may still be locked: a replacement comes and goes while people work.
  std::set<ModuleVersion> reached;
  std::set<ModuleVersion> selected;
  for (const auto node : graph.nodes()) {
    reached.insert(graph.module(node));
    reached.insert(modules.stand_in(graph.module(node)));
  }
  for (const auto& module : graph.build_list()) {
    const manifest::StandIn stand_in = modules.stand_in(module);
    selected.insert(module);
    selected.insert(stand_in);
    if (stand_in.is_directory() || !lock.checksums.lines(stand_in).empty()) continue;
    return stale(fmt::format("{} is selected and has no checksum in {}", to_string(stand_in), name), {});
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
