// Module paths and versions interned to the small integers that minimal version selection works on.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/module/module_version.hpp"
#include "core/mvs/mvs.hpp"

namespace modtool::resolve {

// The compatibility class of a version (manifest::Dialect); versions of two classes have two path ids.
using ClassOf = std::function<std::string(std::string_view path, std::string_view version)>;

// Hands out ids, the same one for equal text. Not for use from several threads at once while it grows.
class ModuleTable {
 public:
  // `class_of` is asked while the table grows; without it every path has one class.
  explicit ModuleTable(ClassOf class_of = {}) : class_of_(std::move(class_of)) {}

  mvs::NodeId intern(std::string_view path, std::string_view version);
  mvs::NodeId intern(const module::ModuleVersion& module) { return intern(module.path, module.version); }
  // The id of a path that was interned, or mvs::kNoNode; of several classes that of the first.
  mvs::PathId find_path(std::string_view path) const;

  const module::ModuleVersion& module(mvs::NodeId node) const { return modules_[node]; }
  mvs::PathId path_of(mvs::NodeId node) const { return paths_of_[node]; }
  std::size_t size() const { return modules_.size(); }

 private:
  // The key of a version's path id: the path, and its class where it has one. It lives as long as the table.
  std::string_view class_key(std::string_view path, std::string_view version);

  ClassOf class_of_;
  std::deque<std::string> class_keys_;
  std::deque<module::ModuleVersion> modules_;                    // by node; a deque, since the maps hold views into it
  std::vector<mvs::PathId> paths_of_;                            // by node
  std::unordered_map<std::string_view, mvs::PathId> class_ids_;  // by class key
  std::unordered_map<std::string_view, mvs::PathId> path_ids_;   // by path
  std::vector<std::unordered_map<std::string_view, mvs::NodeId>> versions_;  // by path
};

}  // namespace modtool::resolve
