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
  // The id of a module that was interned, or mvs::kNoNode.
  mvs::NodeId find(const module::ModuleVersion& module) const;
  // The id of a path that was interned, or mvs::kNoNode; of several classes that of the first.
  mvs::PathId find_path(std::string_view path) const;

  const module::ModuleVersion& module(mvs::NodeId node) const { return modules_[node]; }
  mvs::PathId path_of(mvs::NodeId node) const { return paths_of_[node]; }
  std::size_t size() const { return modules_.size(); }

 private:
  // Two texts as a key; their bytes are those of modules_.
  struct Key {
    std::string_view path;
    std::string_view version;
    bool operator==(const Key&) const = default;
  };
  // A path and a class of its versions.
  struct ClassKey {
    std::string_view path;
    std::string compatibility;
    bool operator==(const ClassKey&) const = default;
  };
  struct Hash {
    static std::size_t of(std::string_view a, std::string_view b) {
      constexpr std::hash<std::string_view> kHash;
      return kHash(a) * 31 + kHash(b);
    }
    std::size_t operator()(const Key& key) const { return of(key.path, key.version); }
    std::size_t operator()(const ClassKey& key) const { return of(key.path, key.compatibility); }
  };

  mvs::PathId intern_class(const module::ModuleVersion& module);

  ClassOf class_of_;
  std::deque<module::ModuleVersion> modules_;  // by node; a deque, since the maps hold views into it
  std::vector<mvs::PathId> paths_of_;          // by node
  std::unordered_map<Key, mvs::NodeId, Hash> nodes_;
  std::unordered_map<ClassKey, mvs::PathId, Hash> class_ids_;
  std::unordered_map<std::string_view, mvs::PathId> path_ids_;  // of the first class
};

}  // namespace modtool::resolve
