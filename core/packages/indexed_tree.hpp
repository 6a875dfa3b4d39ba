// A module's tree together with its directories.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "core/module/module_tree.hpp"

namespace modtool::packages {

// Immutable; views into the tree's list stay valid as long as it lives.
class IndexedTree {
 public:
  explicit IndexedTree(std::shared_ptr<const module::ModuleTree> tree) : tree_(std::move(tree)), directories_(*tree_) {}

  const module::ModuleTree& tree() const { return *tree_; }
  const module::DirectoryIndex& directories() const { return directories_; }
  // The first source in a directory that leads nowhere; nullptr where there is none.
  const module::DanglingSource* dangling_in(std::string_view directory) const;
  bool has_file(std::string_view name) const { return module::find_file(*tree_, name) != nullptr; }

 private:
  std::shared_ptr<const module::ModuleTree> tree_;
  module::DirectoryIndex directories_;
};

// "a/b" + "c" → "a/b/c"; the name alone in the root, which is "".
inline std::string join_name(std::string_view directory, std::string_view name) {
  return directory.empty() ? std::string(name) : std::string(directory) + "/" + std::string(name);
}

// "a/b/c" → "a/b"; "" for what lies in the root.
inline std::string_view parent_of(std::string_view name) {
  const auto slash = name.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : name.substr(0, slash);
}

inline std::string_view base_of(std::string_view name) { return name.substr(name.rfind('/') + 1); }

inline const module::DanglingSource* IndexedTree::dangling_in(std::string_view directory) const {
  for (const auto& source : tree_->dangling_sources()) {
    if (parent_of(source.name) == directory) return &source;
  }
  return nullptr;
}

}  // namespace modtool::packages
