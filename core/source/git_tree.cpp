#include "core/source/git_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/name_collisions.hpp"
#include "core/module/path.hpp"
#include "core/source/git_entries.hpp"

namespace modtool::source {
namespace {

using module::TreeFile;

constexpr std::string_view kLicense = "LICENSE";

// github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is shorter than 1024 bytes and starts like this.
constexpr std::string_view kLfsStart = "version https://git-lfs.github.com/spec/";
constexpr std::uint64_t kMaxLfsPointer = 1023;

class BlobTree final : public module::ModuleTree {
 public:
  BlobTree(std::shared_ptr<const GitRepository> repository, std::vector<TreeFile> list, std::vector<GitId> blobs)
      : repository_(std::move(repository)), list_(std::move(list)), blobs_(std::move(blobs)) {}

  const std::vector<TreeFile>& list() const override { return list_; }

  Result<std::string> read(std::string_view name) const override {
    const TreeFile* const file = find_file(*this, name);
    if (file == nullptr) return fail(Code::kFileNotFound, fmt::format("no file `{}` in the tree", name));
    return repository_->blob(blobs_[static_cast<std::size_t>(file - list_.data())]);
  }

 private:
  std::shared_ptr<const GitRepository> repository_;
  std::vector<TreeFile> list_;
  std::vector<GitId> blobs_;  // of each file of the list
};

// Makes the files of a module out of its entries.
class TreeMaker {
 public:
  TreeMaker(const GitRepository& repository, const GitTreeOptions& options, const GitEntries& entries)
      : repository_(repository), options_(options), entries_(entries) {}

  Result<void> run() {
    for (const auto& [name, entry] : entries_) MODTOOL_CHECK(add(name, entry));
    check_submodules();
    if (problems_.empty()) return {};
    if (problems_.size() == 1) return fail(std::move(problems_.front()));
    Error all{.code = problems_.front().code,
              .message = fmt::format("{} entries of its Git tree cannot be part of a module", problems_.size())};
    all.problems = std::move(problems_);
    return fail(std::move(all));
  }

  Result<void> add_license(const GitTreeEntry& license) {
    return add_file(std::string(kLicense), {license.kind, license.id, {}});
  }

  bool has(std::string_view name) const { return std::ranges::find(files_, name, &TreeFile::name) != files_.end(); }

  GitTree finish(std::shared_ptr<const GitRepository> repository) && {
    std::vector<std::size_t> order(files_.size());
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = i;
    std::ranges::sort(order, {}, [&](std::size_t i) -> const std::string& { return files_[i].name; });
    std::vector<TreeFile> list;
    std::vector<GitId> blobs;
    for (const std::size_t i : order) {
      list.push_back(std::move(files_[i]));
      blobs.push_back(blobs_[i]);
    }
    return {.files = std::make_shared<BlobTree>(std::move(repository), std::move(list), std::move(blobs)),
            .submodules = submodules_.size(),
            .links_left_out = std::move(links_left_out_)};
  }

 private:
  Result<void> add(const std::string& name, const GitEntry& entry) {
    switch (entry.kind) {
      case GitEntryKind::kSubmodule:
        submodules_.push_back(name);
        return {};
      case GitEntryKind::kSymlink:
        return add_link(name, entry.target);
      case GitEntryKind::kDirectory:
        check_name(name, true);
        return {};
      default:
        return add_file(name, entry);
    }
  }

  Result<void> add_link(const std::string& name, const std::string& target) {
    const auto end = follow_git_link(entries_, name);
    const auto found = end ? entries_.find(*end) : entries_.end();
    const bool is_directory = end && (end->empty() || found->second.kind == GitEntryKind::kDirectory);
    if (end && !is_directory) return add_file(name, found->second);
    if (is_directory || options_.symlinks == manifest::Symlinks::kIgnore) {
      links_left_out_.push_back(fmt::format("{} -> {}", name, make_printable(target)));
    } else {
      refuse(Code::kGitLink,
             fmt::format("{}: a symbolic link to {}, which is no file of the module", quote(name), quote(target)));
    }
    return {};
  }

  Result<void> add_file(const std::string& name, const GitEntry& entry) {
    check_name(name, false);
    MODTOOL_TRY(const auto size, repository_.blob_size(entry.id));
    total_ += std::min(size, kMaxGitBytes);
    if (total_ > kMaxGitBytes) return fail(Code::kTooLarge, fmt::format("more than {} bytes in all", kMaxGitBytes));
    MODTOOL_TRY(const bool is_pointer, is_lfs_pointer(entry.id, size));
    if (is_pointer && !options_.lfs)
      refuse(Code::kGitLfs, fmt::format("{}: a pointer of Git LFS, not the file", quote(name)));
    files_.push_back({name, size, entry.kind == GitEntryKind::kExecutable});
    blobs_.push_back(entry.id);
    return {};
  }

  Result<bool> is_lfs_pointer(const GitId& blob, std::uint64_t size) const {
    if (size < kLfsStart.size() || size > kMaxLfsPointer) return false;
    MODTOOL_TRY(const auto bytes, repository_.blob(blob));
    return bytes.starts_with(kLfsStart);
  }

  void check_name(const std::string& name, bool is_directory) {
    if (auto checked = module::check_file_path(name); !checked) {
      problems_.push_back(std::move(checked).error());
    } else if (const auto reason = collisions_.add(name, is_directory)) {
      refuse(Code::kBadFileName, *reason);
    }
  }

  void check_submodules() {
    if (submodules_.empty() || options_.submodules == manifest::Submodules::kIgnore) return;
    const std::string names = join(submodules_, ", ");
    if (options_.submodules == manifest::Submodules::kInclude) {
      refuse(Code::kNotSupported, fmt::format("Git submodules cannot be included yet: {}", names));
    } else {
      refuse(Code::kGitSubmodule,
             fmt::format("Git submodules: {}; `\"submodules\": \"ignore\"` in the module's description leaves them out",
                         names));
    }
  }

  void refuse(Code code, std::string message) { problems_.push_back({.code = code, .message = std::move(message)}); }

  const GitRepository& repository_;
  const GitTreeOptions& options_;
  const GitEntries& entries_;
  module::NameCollisions collisions_;
  std::vector<TreeFile> files_;
  std::vector<GitId> blobs_;
  std::vector<std::string> submodules_;
  std::vector<std::string> links_left_out_;
  std::vector<Error> problems_;
  std::uint64_t total_ = 0;
};

Result<GitId> subtree(const GitRepository& repository, const GitId& tree, const std::string& subdirectory) {
  if (subdirectory.empty()) return tree;
  MODTOOL_TRY(const auto entry, find_git_entry(repository, tree, subdirectory));
  if (entry && entry->kind == GitEntryKind::kDirectory) return entry->id;
  return fail(Code::kUnknownVersion, fmt::format("the repository has no directory `{}` at this version", subdirectory));
}

bool is_file(const std::optional<GitTreeEntry>& entry) {
  return entry && (entry->kind == GitEntryKind::kFile || entry->kind == GitEntryKind::kExecutable);
}

}  // namespace

Result<GitTree> open_git_tree(std::shared_ptr<const GitRepository> repository, const GitId& tree,
                              const GitTreeOptions& options) {
  MODTOOL_TRY(const auto root, subtree(*repository, tree, options.subdirectory));
  MODTOOL_TRY(const auto entries, read_git_entries(*repository, root, options.manifest_name, options.max_files));
  TreeMaker maker(*repository, options, entries);
  MODTOOL_CHECK(maker.run());
  if (!options.subdirectory.empty() && !maker.has(kLicense)) {
    MODTOOL_TRY(const auto license, find_git_entry(*repository, tree, kLicense));
    if (is_file(license)) MODTOOL_CHECK(maker.add_license(*license));
  }
  return std::move(maker).finish(std::move(repository));
}

Result<std::string> read_git_blob(const GitRepository& repository, const GitId& tree, std::string_view path,
                                  std::uint64_t limit) {
  MODTOOL_TRY(const auto entry, find_git_entry(repository, tree, path));
  if (!entry) return fail(Code::kFileNotFound, fmt::format("no file `{}` in the tree", path));
  if (!is_file(entry)) return fail(Code::kGitLink, fmt::format("`{}` is no file", path));
  MODTOOL_TRY(const auto size, repository.blob_size(entry->id));
  if (size > limit) return fail(Code::kTooLarge, fmt::format("`{}` has {} bytes, the limit is {}", path, size, limit));
  return repository.blob(entry->id);
}

}  // namespace modtool::source
