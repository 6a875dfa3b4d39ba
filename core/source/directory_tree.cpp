#include "core/source/directory_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/text.hpp"
#include "core/module/version_control.hpp"
#include "core/source/tree_entries.hpp"

namespace modtool::source {
namespace {

using module::DanglingSource;
using module::TreeFile;

// What a directory holds, sorted by name.
struct Listed {
  std::vector<TreeFile> files = {};
  std::vector<DanglingSource> dangling = {};
};

class DirectoryTree final : public module::ModuleTree {
 public:
  DirectoryTree(const io::FileReader& files, std::string root, Listed listed)
      : files_(files), root_(std::move(root)), listed_(std::move(listed)) {}

  const std::vector<TreeFile>& list() const override { return listed_.files; }
  const std::vector<DanglingSource>& dangling_sources() const override { return listed_.dangling; }

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
    const bool is_dangling = std::ranges::binary_search(listed_.dangling, name, {}, &DanglingSource::name);
    if (!is_dangling && module::find_file(*this, name) == nullptr) {
      return fail(Code::kFileNotFound, fmt::format("open {}: no such file or directory", path));
    }
    return path;
  }

  const io::FileReader& files_;
  std::string root_;
  Listed listed_;
};

// Collects the names below a directory.
class Listing {
 public:
  Listing(const io::FileReader& files, const std::string& root, const DirectoryRules& rules)
      : files_(files), root_(root), rules_(rules) {}

  Result<Listed> run() && {
    MODTOOL_TRY(const auto root, files_.lstat(root_).if_there());
    if (rules_.kind == DirectoryKind::kExact && root && root->kind != io::FileKind::kDirectory) {
      return fail(Code::kSymbolicLink, fmt::format("`{}` is not a directory", root_));
    }
    MODTOOL_CHECK(add("", 0));
    MODTOOL_CHECK(add_links_inside());
    std::ranges::sort(listed_.files, {}, &TreeFile::name);
    std::ranges::sort(listed_.dangling, {}, &DanglingSource::name);
    return std::move(listed_);
  }

 private:
  // `linked`: the linked_directory of what is in it.
  Result<void> add(const std::string& directory, std::size_t linked) {
    // The root may be a link, as a user's own directory may; links below it are not entered.
    MODTOOL_TRY(const auto entries, files_.list(io::join_path(root_, directory)).required());
    for (const auto& entry : entries) {
      std::string name = directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.kind == io::FileKind::kRegular) MODTOOL_CHECK(add_file(name, linked));
      if (entry.kind == io::FileKind::kDirectory && !is_skipped(entry.name)) {
        seen_.emplace(name, TreeEntry{.kind = EntryKind::kDirectory});
        MODTOOL_CHECK(add(name, linked));
      }
      if (entry.kind == io::FileKind::kSymlink) MODTOOL_CHECK(add_link(name, linked));
      const bool is_other = entry.kind != io::FileKind::kRegular && entry.kind != io::FileKind::kDirectory;
      if (is_other && rules_.kind == DirectoryKind::kExact) {
        return fail(Code::kSymbolicLink, fmt::format("`{}/{}` is neither a file nor a directory", root_, name));
      }
    }
    return {};
  }

  Result<void> add_file(const std::string& name, std::size_t linked = 0, bool is_link = false) {
    bool executable = false;
    if (rules_.modes == DirectoryModes::kRead) {
      MODTOOL_TRY(const auto info, files_.stat(io::join_path(root_, name)).required());
      executable = (info.mode & 0111) != 0;
    }
    listed_.files.push_back({.name = name, .executable = executable, .is_link = is_link, .linked_directory = linked});
    seen_.emplace(name, TreeEntry());
    return {};
  }

  Result<void> add_link(const std::string& name, std::size_t linked) {
    using enum DirectoryLinks;
    if (rules_.links == kPassedOver) return {};
    const std::string path = io::join_path(root_, name);
    if (rules_.links != kLikeGo) {
      MODTOOL_TRY(std::string target, files_.read_link(path));
      seen_.emplace(name, TreeEntry{.kind = EntryKind::kSymlink, .target = std::move(target)});
      return {};
    }
    auto looked = files_.stat(path).required();
    if (!looked && name.ends_with(".go")) listed_.dangling.push_back({.name = name, .problem = looked.error()});
    MODTOOL_TRY(const auto info, io::Look(std::move(looked)).if_such());
    if (info && info->kind == io::FileKind::kRegular) return add_file(name, linked, true);
    if (!info || info->kind != io::FileKind::kDirectory || linked != 0) return {};
    MODTOOL_TRY(const bool goes_up, leads_up(path));
    return goes_up ? Result<void>() : add(name, name.size());
  }

  // Whether a link leads to a directory that it is in itself.
  Result<bool> leads_up(const std::string& path) const {
    MODTOOL_TRY(const std::string target, files_.read_link(path));
    const std::string directory = io::clean_path(io::directory_of(path));
    const std::string end = io::clean_path(io::is_absolute(target) ? target : io::join_path(directory, target));
    return end == "/" || has_path_prefix(directory, end);
  }

  // As in a repository (entry_tree.hpp).
  Result<void> add_links_inside() {
    LinkFollower follower(seen_);
    std::vector<std::string> names;
    for (const auto& [name, entry] : seen_) {
      if (entry.kind == EntryKind::kSymlink) names.push_back(name);
    }
    for (const auto& name : names) {
      MODTOOL_TRY(const auto end, follower.follow(name));
      const auto found = end && !end->empty() ? seen_.find(*end) : seen_.end();
      const bool is_inside = end.has_value();
      if (found != seen_.end() && is_file(found->second.kind)) {
        MODTOOL_CHECK(add_file(name));
      } else if (!is_inside && rules_.links == DirectoryLinks::kInside) {
        return fail(Code::kGitLink,
                    fmt::format("{}: a symbolic link to {}, which is no file of the module; `\"symlinks\": "
                                "\"ignore\"` in the module's description leaves it out",
                                quote(io::join_path(root_, name)), quote(seen_.at(name).target)));
      }
    }
    return {};
  }

  bool is_skipped(std::string_view name) const {
    return rules_.kind == DirectoryKind::kReplacement && module::belongs_to_version_control(name);
  }

  const io::FileReader& files_;
  const std::string& root_;
  const DirectoryRules& rules_;
  Listed listed_;
  TreeEntries seen_;  // what links may lead to
};

}  // namespace

Result<std::unique_ptr<module::ModuleTree>> open_directory_tree(const io::FileReader& files, const std::string& root,
                                                                const DirectoryRules& rules) {
  MODTOOL_TRY(auto listed, Listing(files, root, rules).run());
  return std::make_unique<DirectoryTree>(files, root, std::move(listed));
}

Result<HashedTree> hash_extracted_module(const io::FileReader& files, const std::string& root,
                                         const module::ModuleVersion& module, WorkerPool& pool) {
  HashedTree hashed;
  MODTOOL_TRY(hashed.tree, open_directory_tree(files, root, {}));
  MODTOOL_TRY(hashed.preimage, module::hash_tree(*hashed.tree, pool));
  hashed.h1 = module::h1_of(hashed.preimage, to_string(module));
  return hashed;
}

}  // namespace modtool::source
