// Module paths and versions interned to the small integers that minimal version selection works on.
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/module/module_map.hpp"
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

  mvs::NodeId intern(const module::ModuleVersion& module);
  // The id of a module that was interned, or mvs::kNoNode.
  mvs::NodeId find(const module::ModuleVersion& module) const;
  // The id of a path that was interned, or mvs::kNoNode; of several classes that of the first.
  mvs::PathId find_path(std::string_view path) const;

  const module::ModuleVersion& module(mvs::NodeId node) const { return modules_[node]; }
  mvs::PathId path_of(mvs::NodeId node) const { return paths_of_[node]; }
  std::size_t size() const { return modules_.size(); }

 private:
  // The first module that was met of a path.
  struct First {
    mvs::NodeId node;
    mvs::PathId class_of_it;
  };

  mvs::NodeId add(const module::ModuleVersion& module);
  mvs::PathId class_beside(mvs::PathId first, std::string compatibility);
  mvs::PathId add_class(std::string compatibility);

  ClassOf class_of_;
  std::deque<module::ModuleVersion> modules_;  // by node; a deque, since the maps hold views into it
  std::vector<mvs::PathId> paths_of_;          // by node
  std::vector<std::string> classes_;           // by path id
  // Most paths are met at one version: what a path has beyond the first one is looked up in maps of its own.
  std::unordered_map<std::string_view, First> firsts_;
  module::ModuleMap<mvs::NodeId> further_nodes_;
  std::map<std::pair<mvs::PathId, std::string>, mvs::PathId> further_classes_;  // by that of the first module
};

}  // namespace modtool::resolve
