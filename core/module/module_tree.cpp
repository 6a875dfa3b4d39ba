#include "core/module/module_tree.hpp"

#include <algorithm>

namespace modtool::module {
namespace {

class MemoryTree : public ModuleTree {
 public:
  explicit MemoryTree(std::map<std::string, std::string> files) : files_(std::move(files)) {
    for (const auto& [name, bytes] : files_) list_.push_back({.name = name, .size = bytes.size()});
  }

  const std::vector<TreeFile>& list() const override { return list_; }

  Result<std::string> read(std::string_view name) const override {
    const auto file = files_.find(std::string(name));
    if (file == files_.end()) return fail(Code::kFileNotFound, "no file `" + std::string(name) + "` in the tree");
    return file->second;
  }

 private:
  std::map<std::string, std::string> files_;
  std::vector<TreeFile> list_;
};

std::string_view parent_of(std::string_view path) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
}

std::string_view base_of(std::string_view path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

Result<std::unique_ptr<Reader>> ModuleTree::open(std::string_view name) const {
  MODTOOL_TRY(std::string bytes, read(name));
  return make_string_reader(std::move(bytes));
}

const std::vector<DanglingSource>& ModuleTree::dangling_sources() const {
  static const std::vector<DanglingSource> kNone;
  return kNone;
}

const TreeFile* find_file(const ModuleTree& tree, std::string_view name) {
  const auto& files = tree.list();
  const auto file = std::ranges::lower_bound(files, name, {}, &TreeFile::name);
  return file != files.end() && file->name == name ? &*file : nullptr;
}

std::unique_ptr<ModuleTree> make_memory_tree(std::map<std::string, std::string> files) {
  return std::make_unique<MemoryTree>(std::move(files));
}

DirectoryIndex::DirectoryIndex(const ModuleTree& tree) {
  Node* node = &nodes_[""];
  std::string_view directory;
  for (const TreeFile& file : tree.list()) {
    if (const auto parent = parent_of(file.name); parent != directory) {
      directory = parent;
      node = &add(directory);
    }
    node->files.push_back(base_of(file.name));
  }
  // The tree is sorted by whole names, where "a-b/" comes before "a/".
  for (auto& [name, each] : nodes_) std::ranges::sort(each.directories);
}

DirectoryIndex::Node& DirectoryIndex::add(std::string_view directory) {
  const auto [node, is_new] = nodes_.try_emplace(directory);
  if (is_new) add(parent_of(directory)).directories.push_back(base_of(directory));
  return node->second;
}

bool DirectoryIndex::has_directory(std::string_view directory) const { return nodes_.contains(directory); }

std::vector<std::string_view> DirectoryIndex::files_in(std::string_view directory) const {
  const auto node = nodes_.find(directory);
  return node == nodes_.end() ? std::vector<std::string_view>() : node->second.files;
}

std::vector<std::string_view> DirectoryIndex::directories_in(std::string_view directory) const {
  const auto node = nodes_.find(directory);
  return node == nodes_.end() ? std::vector<std::string_view>() : node->second.directories;
}

}  // namespace modtool::module
