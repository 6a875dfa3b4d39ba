#include "core/engine/selection_change.hpp"

#include <fmt/format.h>

#include <map>

#include "core/module/semver.hpp"

namespace modtool::engine {
namespace {

struct Change {
  std::string before;
  std::string after;
};

std::string describe(const std::string& path, const Change& change) {
  if (change.before.empty()) return fmt::format("added {} {}", path, change.after);
  if (change.after.empty()) return fmt::format("removed {} {}", path, change.before);
  const bool is_upgrade = module::compare_versions(change.before, change.after) < 0;
  return fmt::format("{} {} {} => {}", is_upgrade ? "upgraded" : "downgraded", path, change.before, change.after);
}

}  // namespace

std::vector<std::string> describe_changes(const Versions& before, const Versions& after) {
  std::map<std::string, Change> changes;
  for (const auto& [path, version] : before) changes[path].before = version;
  for (const auto& [path, version] : after) changes[path].after = version;
  std::vector<std::string> lines;
  for (const auto& [path, change] : changes) {
    if (change.before != change.after) lines.push_back(describe(path, change));
  }
  return lines;
}

}  // namespace modtool::engine
