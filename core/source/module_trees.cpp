#include "core/source/module_trees.hpp"

#include <algorithm>
#include <map>
#include <mutex>

#include "core/io/zip.hpp"
#include "core/module/zip_rules.hpp"

namespace modtool::source {
namespace {

using module::TreeFile;

class ZipTree final : public module::ModuleTree {
 public:
  ZipTree(std::unique_ptr<io::ZipArchive> archive, std::vector<TreeFile> files, std::size_t prefix)
      : archive_(std::move(archive)), files_(std::move(files)) {
    const auto& entries = archive_->entries();
    for (std::size_t i = 0; i < entries.size(); ++i) {
      if (entries[i].name.size() > prefix) index_.emplace(std::string_view(entries[i].name).substr(prefix), i);
    }
  }

  const std::vector<TreeFile>& list() const override { return files_; }

  Result<std::string> read(std::string_view name) const override {
    const auto entry = index_.find(name);
    if (entry == index_.end()) return fail(Code::kFileNotFound, std::string(name) + ": not in the module zip");
    const std::lock_guard lock(mutex_);
    return archive_->read(entry->second);
  }

 private:
  std::unique_ptr<io::ZipArchive> archive_;
  std::vector<TreeFile> files_;
  std::map<std::string_view, std::size_t> index_;
  mutable std::mutex mutex_;
};

class DirectoryTree final : public module::ModuleTree {
 public:
  DirectoryTree(const io::FileReader& files, std::string directory)
      : reader_(files), directory_(std::move(directory)) {}

  Result<void> scan(const std::string& below, bool stop_at_nested_modules) {
    MODTOOL_TRY(const auto entries, reader_.list(io::join_path(directory_, below)));
    const auto is_nested = [](const auto& entry) {
      return entry.name == "go.mod" && entry.kind == io::FileKind::kRegular;
    };
    if (stop_at_nested_modules && !below.empty() && std::ranges::any_of(entries, is_nested)) return {};
    for (const auto& entry : entries) {
      const std::string name = below.empty() ? entry.name : below + "/" + entry.name;
      if (entry.kind == io::FileKind::kRegular) files_.push_back({name, 0});
      if (entry.kind == io::FileKind::kDirectory && !(stop_at_nested_modules && is_passed_over(entry.name))) {
        MODTOOL_CHECK(scan(name, stop_at_nested_modules));
      }
    }
    return {};
  }

  void sort() { std::ranges::sort(files_, {}, &TreeFile::name); }

  const std::vector<TreeFile>& list() const override { return files_; }

  Result<std::string> read(std::string_view name) const override {
    return reader_.read(io::join_path(directory_, name));
  }

 private:
  static bool is_passed_over(const std::string& name) {
    return name == "vendor" || name == ".git" || name == ".hg" || name == ".svn" || name == ".bzr";
  }

  const io::FileReader& reader_;
  std::string directory_;
  std::vector<TreeFile> files_;
};

}  // namespace

Result<std::unique_ptr<module::ModuleTree>> open_zip_tree(const std::string& path,
                                                          const module::ModuleVersion& module) {
  MODTOOL_TRY(auto archive, io::open_zip(path));
  std::vector<TreeFile> entries;
  for (const auto& entry : archive->entries()) {
    if (!entry.is_regular && !entry.is_directory) {
      return fail(Code::kZipRules, entry.name + ": not a regular file");
    }
    entries.push_back({entry.name, entry.size});
  }
  auto files = module::check_zip_entries(entries, module);
  if (!files) return fail_in(std::move(files), path);
  const std::size_t prefix = to_string(module).size() + 1;
  return std::make_unique<ZipTree>(std::move(archive), std::move(*files), prefix);
}

Result<std::unique_ptr<module::ModuleTree>> open_directory_tree(const io::FileReader& files, std::string directory,
                                                                bool stop_at_nested_modules) {
  auto tree = std::make_unique<DirectoryTree>(files, std::move(directory));
  MODTOOL_CHECK(tree->scan("", stop_at_nested_modules));
  tree->sort();
  return tree;
}

}  // namespace modtool::source
