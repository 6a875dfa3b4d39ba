#include "core/git/git_moved.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>
#include <vector>

#include "core/git/git_tree.hpp"

namespace modtool::git {
namespace {

using Entries = std::map<std::string, GitTreeEntry>;

// Compares two trees and enters only what differs.
class TreeComparison {
 public:
  explicit TreeComparison(const GitRepository& repository) : repository_(repository) {}

  Result<std::size_t> run(const GitId& old_tree, const GitId& new_tree) {
    MODTOOL_CHECK(compare(old_tree, new_tree, 0));
    return count_;
  }

 private:
  Result<void> compare(const std::optional<GitId>& old_tree, const std::optional<GitId>& new_tree, std::size_t depth) {
    if (old_tree == new_tree) return {};
    if (depth > source::kMaxTreeDepth || count_ > source::kMaxTreeFiles)
      return fail(Code::kTooLarge, "too many files to compare");
    MODTOOL_TRY(const auto before, entries_of(old_tree));
    MODTOOL_TRY(auto after, entries_of(new_tree));
    for (const auto& [name, entry] : before) {
      const auto other = after.find(name);
      MODTOOL_CHECK(compare_entry(&entry, other == after.end() ? nullptr : &other->second, depth));
      after.erase(name);
    }
    for (const auto& [name, entry] : after) MODTOOL_CHECK(compare_entry(nullptr, &entry, depth));
    return {};
  }

  Result<void> compare_entry(const GitTreeEntry* before, const GitTreeEntry* after, std::size_t depth) {
    if (before != nullptr && after != nullptr && *before == *after) return {};
    const auto old_tree = tree_of(before);
    const auto new_tree = tree_of(after);
    const bool is_file_before = before != nullptr && !old_tree;
    const bool is_file_after = after != nullptr && !new_tree;
    if (is_file_before || is_file_after) ++count_;
    return compare(old_tree, new_tree, depth + 1);
  }

  static std::optional<GitId> tree_of(const GitTreeEntry* entry) {
    if (entry == nullptr || entry->kind != GitEntryKind::kDirectory) return std::nullopt;
    return entry->id;
  }

  Result<Entries> entries_of(const std::optional<GitId>& tree) const {
    Entries entries;
    if (!tree) return entries;
    MODTOOL_TRY(auto read, repository_.tree(*tree));
    for (auto& entry : read) entries.try_emplace(entry.name, std::move(entry));
    return entries;
  }

  const GitRepository& repository_;
  std::size_t count_ = 0;
};

std::string changes_between(const GitRepository& repository, const std::string& old_commit, const GitId& now) {
  const auto old_id = parse_git_id(old_commit);
  const auto before = old_id ? repository.commit(*old_id) : Result<GitCommit>(fail(Code::kCommitGone, ""));
  if (!before) return "the old commit is no longer there to be compared";
  const auto after = repository.commit(now);
  const auto count = after ? count_changed_files(repository, before->tree, after->tree) : 0;
  if (!after || !count) return "the new commit cannot be read";
  return fmt::format("{} file{} changed", *count, *count == 1 ? "" : "s");
}

}  // namespace

Result<std::size_t> count_changed_files(const GitRepository& repository, const GitId& old_tree, const GitId& new_tree) {
  return TreeComparison(repository).run(old_tree, new_tree);
}

Error moved_error(const GitRepository& repository, const manifest::GitPin& pin, const GitId& now) {
  return {.code = Code::kRefMoved,
          .message = fmt::format("{} of {} moved since it was locked: it led to {}, now to {}; {}", pin.ref,
                                 repository.directory(), pin.commit, to_string(now),
                                 changes_between(repository, pin.commit, now))};
}

Error gone_error(const manifest::GitPin& pin, const std::string& repository) {
  return {.code = Code::kCommitGone,
          .message = fmt::format("{} does not have the locked commit {}", repository, pin.commit)};
}

}  // namespace modtool::git
