// Module paths and versions interned to the small integers that minimal version selection works on.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/module/module_version.hpp"
#include "core/mvs/mvs.hpp"

namespace modtool::resolve {

// Hands out ids, the same one for equal text. Not for use from several threads at once while it grows.
class ModuleTable {
 public:
  mvs::NodeId intern(std::string_view path, std::string_view version);
  mvs::NodeId intern(const module::ModuleVersion& module) { return intern(module.path, module.version); }
  // The id of a path that was interned, or mvs::kNoNode.
  mvs::PathId find_path(std::string_view path) const;

  const module::ModuleVersion& module(mvs::NodeId node) const { return modules_[node]; }
  mvs::PathId path_of(mvs::NodeId node) const { return paths_of_[node]; }
  std::size_t size() const { return modules_.size(); }

 private:
  std::deque<module::ModuleVersion> modules_;  // by node; a deque, since the maps hold views into it
  std::vector<mvs::PathId> paths_of_;          // by node
  std::unordered_map<std::string_view, mvs::PathId> path_ids_;
  std::vector<std::unordered_map<std::string_view, mvs::NodeId>> versions_;  // by path
};

}  // namespace modtool::resolve
