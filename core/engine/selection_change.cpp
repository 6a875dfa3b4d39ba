#include "core/engine/selection_change.hpp"

#include <fmt/format.h>

#include <map>

#include "core/module/semver.hpp"

namespace modtool::engine {
namespace {

std::string describe(const SelectionChange& change) {
  if (change.before.empty()) return fmt::format("added {} {}", change.path, change.after);
  if (change.after.empty()) return fmt::format("removed {} {}", change.path, change.before);
  const bool is_upgrade = module::compare_versions(change.before, change.after) < 0;
  return fmt::format("{} {} {} => {}", is_upgrade ? "upgraded" : "downgraded", change.path, change.before,
                     change.after);
}

}  // namespace

std::vector<SelectionChange> changes_between(const Versions& before, const Versions& after) {
  std::map<std::string, SelectionChange> by_path;
  for (const auto& [path, version] : before) by_path[path].before = version;
  for (const auto& [path, version] : after) by_path[path].after = version;
  std::vector<SelectionChange> changes;
  for (auto& [path, change] : by_path) {
    if (change.before == change.after) continue;
    change.path = path;
    changes.push_back(std::move(change));
  }
  return changes;
}

std::vector<std::string> describe_changes(const std::vector<SelectionChange>& changes) {
  std::vector<std::string> lines;
  lines.reserve(changes.size());
  for (const auto& change : changes) lines.push_back(describe(change));
  return lines;
}

}  // namespace modtool::engine
