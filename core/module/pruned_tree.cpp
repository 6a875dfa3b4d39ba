#include "core/module/pruned_tree.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"

namespace modtool::module {
namespace {

class PrunedTree final : public ModuleTree {
 public:
  PrunedTree(std::shared_ptr<const ModuleTree> tree, const std::vector<std::string>& directories)
      : tree_(std::move(tree)) {
    for (const auto& file : tree_->list()) {
      if (!is_below_any(file.name, directories)) list_.push_back(file);
    }
  }

  const std::vector<TreeFile>& list() const override { return list_; }

  Result<std::string> read(std::string_view name) const override {
    if (find_file(*this, name) != nullptr) return tree_->read(name);
    return fail(Code::kFileNotFound, "no file " + quote(name) + " in the module");
  }

  Result<std::unique_ptr<Reader>> open(std::string_view name) const override {
    return find_file(*this, name) != nullptr ? tree_->open(name) : ModuleTree::open(name);
  }

 private:
  std::shared_ptr<const ModuleTree> tree_;
  std::vector<TreeFile> list_;
};

}  // namespace

std::vector<std::string> nested_modules(const std::string& path, const std::vector<ModuleVersion>& modules) {
  std::vector<std::string> directories;
  for (const auto& other : modules) {
    const bool is_below = other.path != path && has_path_prefix(other.path, path);
    if (is_below) directories.push_back(other.path.substr(path.size() + 1));
  }
  return directories;
}

bool is_below_any(std::string_view name, const std::vector<std::string>& directories) {
  return std::ranges::any_of(directories,
                             [&](const std::string& directory) { return has_path_prefix(name, directory); });
}

std::shared_ptr<const ModuleTree> prune_tree(std::shared_ptr<const ModuleTree> tree,
                                             const std::vector<std::string>& directories) {
  if (directories.empty()) return tree;
  return std::make_shared<PrunedTree>(std::move(tree), directories);
}

}  // namespace modtool::module
