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
  std::set<ModuleVersion> standing_in;
  std::set<ModuleVersion> selected_to_stand_in;
  for (const auto node : graph.nodes()) {
    const auto& module = graph.module(node);
    const manifest::StandIn stand_in = modules.stand_in(module);
    if (stand_in != module) standing_in.insert(stand_in);
  }
  for (const auto& module : graph.build_list()) {
    const manifest::StandIn stand_in = modules.stand_in(module);
    if (stand_in != module) selected_to_stand_in.insert(stand_in);
    if (stand_in.is_directory() || !lock.checksums.lines(stand_in).empty()) continue;
    return stale(fmt::format("{} is selected and has no checksum in {}", to_string(stand_in), name), {});
  }
  for (const auto& locked : lock.modules) {
    const bool has_sum = !locked.sum.empty();
    const auto* selected = graph.selected(locked.module.path);
    const bool is_selected =
        (selected != nullptr && *selected == locked.module) || selected_to_stand_in.contains(locked.module);
    const bool is_reached = graph.holds(locked.module) || standing_in.contains(locked.module);
    if (is_reached && (!has_sum || is_selected)) continue;
    return stale(fmt::format("{} is locked, and {}", to_string(locked.module),
                             has_sum ? "is not selected" : "nothing requires it"),
                 locked.where);
  }
  return {};
}

}  // namespace modtool::resolve
