#include "core/source/directory_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/module/version_control.hpp"

namespace modtool::source {
namespace {

using module::TreeFile;

class DirectoryTree final : public module::ModuleTree {
 public:
  DirectoryTree(const io::FileReader& files, std::string root, std::vector<TreeFile> list)
      : files_(files), root_(std::move(root)), list_(std::move(list)) {}

  const std::vector<TreeFile>& list() const override { return list_; }

  Result<std::string> read(std::string_view name) const override {
    MODTOOL_TRY(const std::string path, path_of(name));
    return files_.read(path).required();
  }

  Result<std::unique_ptr<Reader>> open(std::string_view name) const override {
    MODTOOL_TRY(const std::string path, path_of(name));
    return files_.open(path);
  }

 private:
  Result<std::string> path_of(std::string_view name) const {
    std::string path = root_ + "/" + std::string(name);
    if (module::find_file(*this, name) == nullptr) {
      return fail(Code::kFileNotFound, fmt::format("open {}: no such file or directory", path));
    }
    return path;
  }

  const io::FileReader& files_;
  std::string root_;
  std::vector<TreeFile> list_;
};

// Collects the names below a directory.
class Listing {
 public:
  Listing(const io::FileReader& files, const std::string& root, DirectoryKind kind, DirectoryModes modes)
      : files_(files), root_(root), kind_(kind), modes_(modes) {}

  Result<std::vector<TreeFile>> run() && {
    MODTOOL_TRY(const auto root, files_.lstat(root_).if_there());
    if (kind_ == DirectoryKind::kExact && root && root->kind != io::FileKind::kDirectory) {
      return fail(Code::kSymbolicLink, fmt::format("`{}` is not a directory", root_));
    }
    MODTOOL_CHECK(add(""));
    std::ranges::sort(list_, {}, &TreeFile::name);
    return std::move(list_);
  }

 private:
  Result<void> add(const std::string& directory) {
    // The root may be a link, as a user's own directory may; links below it are not entered.
    MODTOOL_TRY(const auto entries, files_.list(io::join_path(root_, directory)).required());
    for (const auto& entry : entries) {
      std::string name = directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.kind == io::FileKind::kRegular) MODTOOL_CHECK(add_file(name));
      if (entry.kind == io::FileKind::kDirectory && !is_skipped(entry.name)) MODTOOL_CHECK(add(name));
      const bool is_other = entry.kind != io::FileKind::kRegular && entry.kind != io::FileKind::kDirectory;
      if (is_other && kind_ == DirectoryKind::kExact) {
        return fail(Code::kSymbolicLink, fmt::format("`{}/{}` is neither a file nor a directory", root_, name));
      }
    }
    return {};
  }

  Result<void> add_file(const std::string& name) {
    bool executable = false;
    if (modes_ == DirectoryModes::kRead) {
      MODTOOL_TRY(const auto info, files_.lstat(io::join_path(root_, name)).required());
      executable = (info.mode & 0111) != 0;
    }
    list_.push_back({.name = name, .executable = executable});
    return {};
  }

  bool is_skipped(std::string_view name) const {
    return kind_ == DirectoryKind::kReplacement && module::belongs_to_version_control(name);
  }

  const io::FileReader& files_;
  const std::string& root_;
  DirectoryKind kind_;
  DirectoryModes modes_;
  std::vector<TreeFile> list_;
};

}  // namespace

Result<std::unique_ptr<module::ModuleTree>> open_directory_tree(const io::FileReader& files, const std::string& root,
                                                                DirectoryKind kind, DirectoryModes modes) {
  MODTOOL_TRY(auto list, Listing(files, root, kind, modes).run());
  return std::make_unique<DirectoryTree>(files, root, std::move(list));
}

Result<HashedTree> hash_extracted_module(const io::FileReader& files, const std::string& root,
                                         const module::ModuleVersion& module, WorkerPool& pool) {
  HashedTree hashed;
  MODTOOL_TRY(hashed.tree, open_directory_tree(files, root, DirectoryKind::kExtracted));
  MODTOOL_TRY(hashed.preimage, module::hash_tree(*hashed.tree, pool));
  hashed.h1 = module::h1_of(hashed.preimage, to_string(module));
  return hashed;
}

}  // namespace modtool::source
