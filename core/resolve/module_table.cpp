#include "core/resolve/module_table.hpp"

namespace modtool::resolve {

mvs::NodeId ModuleTable::intern(const module::ModuleVersion& module) {
  const auto known = find(module);
  return known == mvs::kNoNode ? add(module) : known;
}

mvs::NodeId ModuleTable::add(const module::ModuleVersion& module) {
  const auto node = static_cast<mvs::NodeId>(modules_.size());
  const auto& added = modules_.emplace_back(module);
  std::string compatibility = class_of_ ? class_of_(added.path, added.version) : std::string();
  const auto first = firsts_.find(added.path);
  if (first == firsts_.end()) {
    paths_of_.push_back(add_class(std::move(compatibility)));
    firsts_.emplace(added.path, First{.node = node, .class_of_it = paths_of_.back()});
  } else {
    paths_of_.push_back(class_beside(first->second.class_of_it, std::move(compatibility)));
    further_nodes_.emplace(&added, node);
  }
  return node;
}

mvs::PathId ModuleTable::class_beside(mvs::PathId first, std::string compatibility) {
  if (classes_[first] == compatibility) return first;
  const auto next = static_cast<mvs::PathId>(classes_.size());
  const auto [known, is_new] = further_classes_.emplace(std::pair(first, compatibility), next);
  return is_new ? add_class(std::move(compatibility)) : known->second;
}

mvs::PathId ModuleTable::add_class(std::string compatibility) {
  classes_.push_back(std::move(compatibility));
  return static_cast<mvs::PathId>(classes_.size() - 1);
}

mvs::NodeId ModuleTable::find(const module::ModuleVersion& module) const {
  const auto first = firsts_.find(module.path);
  if (first == firsts_.end()) return mvs::kNoNode;
  if (modules_[first->second.node].version == module.version) return first->second.node;
  const auto known = further_nodes_.find(&module);
  return known == further_nodes_.end() ? mvs::kNoNode : known->second;
}

mvs::PathId ModuleTable::find_path(std::string_view path) const {
  const auto known = firsts_.find(path);
  return known == firsts_.end() ? mvs::kNoNode : known->second.class_of_it;
}

}  // namespace modtool::resolve
