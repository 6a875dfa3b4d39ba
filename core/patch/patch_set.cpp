#include "core/patch/patch_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/name_collisions.hpp"

namespace modtool::patch {

using module::ModuleVersion;
using module::TreeFile;

class PatchedTree final : public module::ProvenTree {
 public:
  explicit PatchedTree(std::shared_ptr<const module::ProvenTree> original) : original_(std::move(original)) {}

  Result<void> apply(const PatchSet& set) {
    for (const auto& patch : set.patches_) {
      for (const auto& diff : patch.diffs) {
        auto applied = apply(diff);
        if (!applied) return refuse(patch.name, diff, std::move(applied).error());
      }
    }
    return make_list();
  }

  const std::vector<TreeFile>& list() const override { return list_; }

  Result<std::string> read(std::string_view name) const override {
    const auto patched = files_.find(name);
    if (patched == files_.end()) return original_->read(name);
    if (patched->second) return patched->second->bytes;
    return no_such_file(name);
  }

  Result<std::unique_ptr<Reader>> open(std::string_view name) const override {
    return files_.contains(name) ? module::ProvenTree::open(name) : original_->open(name);
  }

  Result<Sha256Digest> hash(std::string_view name) const override {
    if (!files_.contains(name)) return original_->hash(name);
    MODTOOL_TRY(const std::string bytes, read(name));
    return sha256(bytes);
  }

 private:
  struct File {
    std::string bytes;
    bool executable = false;
  };

  static std::unexpected<Error> no_such_file(std::string_view name) {
    return fail(Code::kFileNotFound, fmt::format("no file {} in the module", quote(name)));
  }

  static std::unexpected<Error> refuse(const std::string& patch, const FileDiff& diff, Error error) {
    const bool is_misfit = error.code == Code::kPatchFailed;
    if (is_misfit) error.where = {.file = patch, .line = std::max(error.where.line, diff.line)};
    return fail(std::move(error).in(fmt::format("patching {}", diff.name)));
  }

  // The file as it is before the next patch; nothing where there is none.
  Result<std::optional<File>> current(const std::string& name) const {
    if (const auto patched = files_.find(name); patched != files_.end()) return patched->second;
    const auto* listed = module::find_file(*original_, name);
    if (listed == nullptr) return std::nullopt;
    MODTOOL_TRY(std::string bytes, original_->read(name));
    return File{std::move(bytes), listed->executable};
  }

  Result<void> apply(const FileDiff& diff) {
    MODTOOL_TRY(const auto before, current(diff.name));
    const bool is_new = diff.change == FileChange::kCreate;
    if (is_new && before) return fail(Code::kPatchFailed, "the file is there already");
    if (!is_new && !before) return fail(Code::kPatchFailed, "the file is not there");
    File after{.executable = diff.executable.value_or(before && before->executable)};
    MODTOOL_TRY(after.bytes, apply_diff(before ? before->bytes : "", diff));
    const bool goes = diff.change == FileChange::kRemove;
    if (goes && !after.bytes.empty())
      return fail(Code::kPatchFailed, "the patch removes the file, and leaves some of it");
    files_[diff.name] = goes ? std::nullopt : std::optional(std::move(after));
    return {};
  }

  // What a patch adds must not be, on some system, a file that is there.
  Result<void> make_list() {
    for (const auto& file : original_->list()) {
      if (!files_.contains(file.name)) list_.push_back(file);
    }
    for (const auto& [name, file] : files_) {
      if (file) list_.push_back({.name = name, .size = file->bytes.size(), .executable = file->executable});
    }
    std::ranges::sort(list_, {}, &TreeFile::name);
    module::NameCollisions collisions;
    for (const auto& file : list_) {
      if (const auto reason = collisions.add(file.name, false)) return fail(Code::kBadFileName, *reason);
    }
    return {};
  }

  std::shared_ptr<const module::ProvenTree> original_;
  std::map<std::string, std::optional<File>, std::less<>> files_;  // those that patches touch; nothing: removed
  std::vector<TreeFile> list_;
};

Result<PatchSet> PatchSet::parse(const std::vector<PatchFile>& files) {
  PatchSet set;
  for (const auto& file : files) {
    MODTOOL_TRY(auto diffs, parse_unified_diff(file.text, file.name));
    set.patches_.push_back({file.name, std::move(diffs)});
  }
  return set;
}

bool PatchSet::touches(std::string_view name) const {
  return std::ranges::any_of(patches_, [&](const Patch& patch) {
    return std::ranges::find(patch.diffs, name, &FileDiff::name) != patch.diffs.end();
  });
}

Result<std::shared_ptr<const module::ProvenTree>> make_patched_tree(std::shared_ptr<const module::ProvenTree> original,
                                                                    const PatchSet& patches) {
  auto tree = std::make_shared<PatchedTree>(std::move(original));
  MODTOOL_CHECK(tree->apply(patches));
  return tree;
}

const PatchSet* ModulePatches::find(const ModuleVersion& stand_in) const {
  const auto found = stand_in.version.empty() ? sets_.end() : sets_.find(stand_in.path);
  return found == sets_.end() ? nullptr : &found->second;
}

Result<std::shared_ptr<const module::ProvenTree>> apply_patches(std::shared_ptr<const module::ProvenTree> tree,
                                                                const ModuleVersion& stand_in,
                                                                const ModulePatches& patches) {
  const PatchSet* const set = patches.find(stand_in);
  if (set == nullptr) return tree;
  return make_patched_tree(std::move(tree), *set);
}

}  // namespace modtool::patch
