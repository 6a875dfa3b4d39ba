#include "core/source/git_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/source/git_tree.hpp"

namespace modtool::source {
namespace {

constexpr int kMaxLinks = 40;  // followed for one name, as Linux does

bool makes_module(const std::vector<GitTreeEntry>& entries, const std::string& manifest_name) {
  return std::ranges::any_of(entries, [&](const GitTreeEntry& entry) {
    return entry.name == manifest_name && entry.kind != GitEntryKind::kDirectory;
  });
}

class EntryReader {
 public:
  EntryReader(const GitRepository& repository, const std::string& manifest_name, std::size_t max_files)
      : repository_(repository), manifest_name_(manifest_name), max_files_(max_files) {}

  Result<GitEntries> run(const GitId& tree) && {
    MODTOOL_CHECK(add("", tree, 0));
    return std::move(entries_);
  }

 private:
  Result<void> add(const std::string& directory, const GitId& tree, std::size_t depth) {
    if (depth > kMaxGitDepth)
      return fail(Code::kTooLarge, fmt::format("more than {} directories in one another", kMaxGitDepth));
    MODTOOL_TRY(const auto entries, repository_.tree(tree));
    if (!directory.empty()) {
      if (makes_module(entries, manifest_name_)) return {};
      MODTOOL_CHECK(note(directory, {.kind = GitEntryKind::kDirectory, .id = tree}));
    }
    for (const auto& entry : entries) {
      const std::string name = directory.empty() ? entry.name : directory + "/" + entry.name;
      if (entry.kind == GitEntryKind::kDirectory) {
        MODTOOL_CHECK(add(name, entry.id, depth + 1));
      } else {
        MODTOOL_TRY(auto target, target_of(entry));
        MODTOOL_CHECK(note(name, {entry.kind, entry.id, std::move(target)}));
      }
    }
    return {};
  }

  Result<void> note(const std::string& name, GitEntry entry) {
    if (entries_.size() >= max_files_) return fail(Code::kTooLarge, fmt::format("more than {} files", max_files_));
    if (entries_.try_emplace(name, std::move(entry)).second) return {};
    return fail(Code::kBadGitRepository, fmt::format("a tree holds {} twice", quote(name)));
  }

  Result<std::string> target_of(const GitTreeEntry& entry) const {
    if (entry.kind != GitEntryKind::kSymlink) return std::string();
    MODTOOL_TRY(const auto size, repository_.blob_size(entry.id));
    if (size > kMaxGitLink) return fail(Code::kTooLarge, fmt::format("the target of the link {}", quote(entry.name)));
    return repository_.blob(entry.id);
  }

  const GitRepository& repository_;
  const std::string& manifest_name_;
  std::size_t max_files_;
  GitEntries entries_;
};

// Walks a path element by element; links on the way are walked in their place.
class LinkWalk {
 public:
  explicit LinkWalk(const GitEntries& entries) : entries_(entries) {}

  std::optional<std::string> run(std::string_view name) {
    if (!walk(name)) return std::nullopt;
    return join(place_, "/");
  }

 private:
  bool walk(std::string_view path) {
    if (path.empty() || path.starts_with('/')) return false;
    const auto elements = split(path, '/');
    return std::ranges::all_of(elements, [&](std::string_view element) { return step(element); });
  }

  bool step(std::string_view element) {
    if (!is_in_directory()) return false;
    if (element.empty() || element == ".") return true;
    if (element == "..") {
      if (place_.empty()) return false;
      place_.pop_back();
      return true;
    }
    place_.emplace_back(element);
    const auto entry = entries_.find(join(place_, "/"));
    if (entry == entries_.end() || entry->second.kind == GitEntryKind::kSubmodule) return false;
    if (entry->second.kind != GitEntryKind::kSymlink) return true;
    place_.pop_back();
    return ++links_ <= kMaxLinks && walk(entry->second.target);
  }

  bool is_in_directory() const {
    return place_.empty() || entries_.find(join(place_, "/"))->second.kind == GitEntryKind::kDirectory;
  }

  const GitEntries& entries_;
  std::vector<std::string> place_;
  int links_ = 0;
};

}  // namespace

Result<GitEntries> read_git_entries(const GitRepository& repository, const GitId& tree,
                                    const std::string& manifest_name, std::size_t max_files) {
  return EntryReader(repository, manifest_name, max_files).run(tree);
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

std::optional<std::string> follow_git_link(const GitEntries& entries, std::string_view name) {
  return LinkWalk(entries).run(name);
}

}  // namespace modtool::source
