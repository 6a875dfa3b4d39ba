#include "core/resolve/module_table.hpp"

namespace modtool::resolve {

std::string_view ModuleTable::class_key(std::string_view path, std::string_view version) {
  const std::string compatibility = class_of_ ? class_of_(path, version) : "";
  if (compatibility.empty()) return path;
  const std::string key = std::string(path) + " " + compatibility;  // no path holds a space
  const auto known = class_ids_.find(key);
  return known != class_ids_.end() ? known->first : class_keys_.emplace_back(key);
}

mvs::NodeId ModuleTable::intern(std::string_view path, std::string_view version) {
  const auto key = class_key(path, version);
  const auto known_class = class_ids_.find(key);
  if (known_class != class_ids_.end()) {
    const auto& versions = versions_[known_class->second];
    if (const auto known = versions.find(version); known != versions.end()) return known->second;
  }
  const auto node = static_cast<mvs::NodeId>(modules_.size());
  const auto& module = modules_.emplace_back(std::string(path), std::string(version));
  const auto next_id = static_cast<mvs::PathId>(versions_.size());
  const mvs::PathId id = known_class != class_ids_.end() ? known_class->second : next_id;
  if (id == next_id) {
    class_ids_.emplace(key == path ? std::string_view(module.path) : key, id);
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
