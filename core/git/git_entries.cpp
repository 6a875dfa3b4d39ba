#include "core/git/git_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/source/entry_tree.hpp"

namespace modtool::git {
namespace {

class BlobContents final : public source::TreeContents {
 public:
  std::size_t add_repository(std::shared_ptr<const GitRepository> repository) {
    repositories_.push_back(std::move(repository));
    return repositories_.size() - 1;
  }

  std::size_t add(std::size_t repository, const GitId& blob) {
    blobs_.push_back({repository, blob});
    return blobs_.size() - 1;
  }

  Result<std::uint64_t> size(std::size_t content) const override {
    const Blob& blob = blobs_[content];
    return repositories_[blob.repository]->blob_size(blob.id);
  }

  Result<std::string> read(std::size_t content) const override {
    const Blob& blob = blobs_[content];
    return repositories_[blob.repository]->blob(blob.id);
  }

 private:
  struct Blob {
    std::size_t repository;
    GitId id;
  };

  std::vector<std::shared_ptr<const GitRepository>> repositories_;
  std::vector<Blob> blobs_;
};

bool makes_module(const std::vector<GitTreeEntry>& entries, const std::string& manifest_name) {
  return std::ranges::any_of(entries, [&](const GitTreeEntry& entry) {
    return entry.name == manifest_name && entry.kind != GitEntryKind::kDirectory;
  });
}

bool is_blob(const std::optional<GitTreeEntry>& entry) {
  return entry && (entry->kind == GitEntryKind::kFile || entry->kind == GitEntryKind::kExecutable);
}

source::EntryKind kind_of(GitEntryKind kind) {
  if (kind == GitEntryKind::kExecutable) return source::EntryKind::kExecutable;
  return kind == GitEntryKind::kSymlink ? source::EntryKind::kSymlink : source::EntryKind::kFile;
}

// A repository that is being read: that of the module, or of a submodule.
struct Frame {
  const GitPlace& place;
  std::string base;        // where its root is in the module
  std::string prefix;      // the directory of the repository that stands at `base`
  std::size_t repository;  // its number among the contents
  std::size_t level = 0;   // submodules around it

  // The path in the repository of what has this name in the module.
  std::string path_of(const std::string& name) const {
    const std::string rest = base.empty() ? name : name.substr(base.size() + 1);
    return prefix.empty() ? rest : prefix + "/" + rest;
  }
};

class EntryReader {
 public:
  explicit EntryReader(const GitEntryRules& rules) : rules_(rules) {}

  Result<GitEntries> run(const GitPlace& place) && {
    const Frame frame{
        .place = place, .prefix = rules_.subdirectory, .repository = contents_->add_repository(place.repository)};
    MODTOOL_TRY(const auto root, subtree(place));
    MODTOOL_TRY(const auto entries, place.repository->tree(root));
    MODTOOL_CHECK(add_all("", entries, 0, frame));
    if (!rules_.subdirectory.empty()) MODTOOL_CHECK(find_license(frame));
    std::ranges::sort(read_.submodule_pins, {}, &manifest::SubmodulePin::path);
    read_.contents = std::move(contents_);
    return std::move(read_);
  }

 private:
  Result<GitId> subtree(const GitPlace& place) const {
    if (rules_.subdirectory.empty()) return place.tree;
    MODTOOL_TRY(const auto entry, find_git_entry(*place.repository, place.tree, rules_.subdirectory));
    if (entry && entry->kind == GitEntryKind::kDirectory) return entry->id;
    return fail(Code::kUnknownVersion,
                fmt::format("the repository has no directory `{}` at this version", rules_.subdirectory));
  }

  Result<void> find_license(const Frame& frame) {
    MODTOOL_TRY(const auto license, find_git_entry(*frame.place.repository, frame.place.tree, source::kLicenseName));
    if (is_blob(license))
      read_.license = source::TreeEntry{kind_of(license->kind), contents_->add(frame.repository, license->id)};
    return {};
  }

  Result<void> add_all(const std::string& directory, const std::vector<GitTreeEntry>& entries, std::size_t depth,
                       const Frame& frame) {
    if (depth > source::kMaxTreeDepth)
      return fail(Code::kTooLarge, fmt::format("more than {} directories in one another", source::kMaxTreeDepth));
    for (const auto& entry : entries) {
      MODTOOL_CHECK(add(directory.empty() ? entry.name : directory + "/" + entry.name, entry, depth, frame));
    }
    return {};
  }

  Result<void> add(const std::string& name, const GitTreeEntry& entry, std::size_t depth, const Frame& frame) {
    if (entry.kind == GitEntryKind::kDirectory) return add_directory(name, entry.id, depth, frame);
    if (entry.kind == GitEntryKind::kSubmodule) return add_submodule(name, entry.id, depth, frame);
    if (entry.kind != GitEntryKind::kSymlink) {
      return note(name, {kind_of(entry.kind), contents_->add(frame.repository, entry.id)});
    }
    MODTOOL_TRY(auto target, target_of(entry, *frame.place.repository));
    return note(name, {source::EntryKind::kSymlink, 0, std::move(target)});
  }

  Result<void> add_directory(const std::string& name, const GitId& tree, std::size_t depth, const Frame& frame) {
    MODTOOL_TRY(const auto entries, frame.place.repository->tree(tree));
    if (makes_module(entries, rules_.manifest_name)) return {};
    MODTOOL_CHECK(note(name, {source::EntryKind::kDirectory}));
    return add_all(name, entries, depth + 1, frame);
  }

  // Its root belongs to the module even where it has a manifest: it was asked for.
  Result<void> add_submodule(const std::string& name, const GitId& commit, std::size_t depth, const Frame& frame) {
    if (!rules_.include) {
      read_.submodules.push_back(name);
      return {};
    }
    if (frame.level >= kMaxSubmoduleDepth || read_.submodule_pins.size() >= kMaxSubmodules) {
      return fail(Code::kTooLarge, fmt::format("more than {} submodules in one another, or {} in all",
                                               kMaxSubmoduleDepth, kMaxSubmodules));
    }
    auto place = rules_.include(frame.place, frame.path_of(name), commit);
    if (!place) return fail_in(std::move(place), fmt::format("submodule {}", quote(name)));
    read_.submodule_pins.push_back({name, place->url.shown(), to_string(commit)});
    MODTOOL_CHECK(note(name, {source::EntryKind::kDirectory}));
    MODTOOL_TRY(const auto entries, place->repository->tree(place->tree));
    const Frame inner{.place = *place,
                      .base = name,
                      .repository = contents_->add_repository(place->repository),
                      .level = frame.level + 1};
    return add_all(name, entries, depth + 1, inner);
  }

  Result<void> note(const std::string& name, source::TreeEntry&& entry) {
    if (read_.entries.size() >= rules_.max_files)
      return fail(Code::kTooLarge, fmt::format("more than {} files", rules_.max_files));
    if (read_.entries.try_emplace(name, std::move(entry)).second) return {};
    return fail(Code::kBadGitRepository, fmt::format("a tree holds {} twice", quote(name)));
  }

  static Result<std::string> target_of(const GitTreeEntry& entry, const GitRepository& repository) {
    MODTOOL_TRY(const auto size, repository.blob_size(entry.id));
    if (size > source::kMaxLinkTarget)
      return fail(Code::kTooLarge, fmt::format("the target of the link {}", quote(entry.name)));
    return repository.blob(entry.id);
  }

  const GitEntryRules& rules_;
  std::shared_ptr<BlobContents> contents_ = std::make_shared<BlobContents>();
  GitEntries read_;
};

}  // namespace

Result<GitEntries> read_git_entries(const GitPlace& place, const GitEntryRules& rules) {
  return EntryReader(rules).run(place);
}

Result<std::optional<GitTreeEntry>> find_git_entry(const GitRepository& repository, const GitId& tree,
                                                   std::string_view path) {
  std::optional<GitTreeEntry> found = GitTreeEntry{.kind = GitEntryKind::kDirectory, .id = tree};
  for (const auto element : split(path, '/')) {
    if (!found || found->kind != GitEntryKind::kDirectory) return std::optional<GitTreeEntry>();
    MODTOOL_TRY(const auto entries, repository.tree(found->id));
    const auto entry = std::ranges::find(entries, element, &GitTreeEntry::name);
    found = entry == entries.end() ? std::nullopt : std::optional(*entry);
  }
  return found;
}

}  // namespace modtool::git
