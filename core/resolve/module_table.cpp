#include "core/resolve/module_table.hpp"

namespace modtool::resolve {

mvs::NodeId ModuleTable::intern(std::string_view path, std::string_view version) {
  const auto known_path = path_ids_.find(path);
  if (known_path != path_ids_.end()) {
    const auto& versions = versions_[known_path->second];
    if (const auto known = versions.find(version); known != versions.end()) return known->second;
  }
  const auto node = static_cast<mvs::NodeId>(modules_.size());
  const auto& module = modules_.emplace_back(std::string(path), std::string(version));
  const auto next_path = static_cast<mvs::PathId>(versions_.size());
  const mvs::PathId id = known_path != path_ids_.end() ? known_path->second : next_path;
  if (id == next_path) {
    path_ids_.emplace(module.path, id);
    versions_.emplace_back();
  }
  versions_[id].emplace(module.version, node);
  paths_of_.push_back(id);
  return node;
}

mvs::PathId ModuleTable::find_path(std::string_view path) const {
  const auto known = path_ids_.find(path);
  return known == path_ids_.end() ? mvs::kNoNode : known->second;
}

}  // namespace modtool::resolve
