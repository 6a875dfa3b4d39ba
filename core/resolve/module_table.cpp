#include "core/resolve/module_table.hpp"

namespace modtool::resolve {

mvs::PathId ModuleTable::intern_class(const module::ModuleVersion& module) {
  const auto next = static_cast<mvs::PathId>(class_ids_.size());
  ClassKey key{.path = module.path, .compatibility = class_of_ ? class_of_(module.path, module.version) : ""};
  const auto [known, is_new] = class_ids_.emplace(std::move(key), next);
  if (is_new) path_ids_.emplace(module.path, next);
  return known->second;
}

mvs::NodeId ModuleTable::intern(std::string_view path, std::string_view version) {
  if (const auto known = nodes_.find({path, version}); known != nodes_.end()) return known->second;
  const auto node = static_cast<mvs::NodeId>(modules_.size());
  const auto& module = modules_.emplace_back(std::string(path), std::string(version));
  nodes_.emplace(Key{module.path, module.version}, node);
  paths_of_.push_back(intern_class(module));
  return node;
}

mvs::NodeId ModuleTable::find(const module::ModuleVersion& module) const {
  const auto known = nodes_.find({module.path, module.version});
  return known == nodes_.end() ? mvs::kNoNode : known->second;
}

mvs::PathId ModuleTable::find_path(std::string_view path) const {
  const auto known = path_ids_.find(path);
  return known == path_ids_.end() ? mvs::kNoNode : known->second;
}

}  // namespace modtool::resolve
