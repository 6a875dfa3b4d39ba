// What a directory of a commit's tree holds, all the way down: its files, links and directories, and its submodules
// with what they hold where they are included.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_repository.hpp"
#include "core/git/git_url.hpp"
#include "core/manifest/lock.hpp"
#include "core/source/tree_entries.hpp"

namespace modtool::git {

// Beyond these Code::kTooLarge: a submodule may have submodules, its own repository among them.
inline constexpr std::size_t kMaxSubmoduleDepth = 8;  // in one another
inline constexpr std::size_t kMaxSubmodules = 1000;   // in all

// A commit's tree, and where its repository is.
struct GitPlace {
  std::shared_ptr<const GitRepository> repository;
  GitId tree;
  GitUrl url;  // as it was declared, before the user's rewrites: what URLs of submodules are relative to
};

// Finds the commit of a submodule; `path` is that in the parent's repository. May be empty: submodules are left out.
using SubmoduleOpener =
    std::function<Result<GitPlace>(const GitPlace& parent, const std::string& path, const GitId& commit)>;

struct GitEntries {
  source::TreeEntries entries;
  std::shared_ptr<const source::TreeContents> contents;
  std::optional<source::TreeEntry> license;            // of the repository, for a module in a subdirectory
  std::vector<std::string> submodules;                 // left out, by path
  std::vector<manifest::SubmodulePin> submodule_pins;  // included, sorted by path
};

struct GitEntryRules {
  std::string subdirectory;   // of the repository; empty: all of it
  std::string manifest_name;  // a directory that holds a file of this name, other than the topmost, is left out
  std::size_t max_files = source::kMaxTreeFiles;
  SubmoduleOpener include;
};

// Code::kTooLarge, kUnknownVersion where the tree does not have the subdirectory.
Result<GitEntries> read_git_entries(const GitPlace& place, const GitEntryRules& rules);

// The entry of a path in a tree; nothing where there is none.
Result<std::optional<GitTreeEntry>> find_git_entry(const GitRepository& repository, const GitId& tree,
                                                   std::string_view path);

}  // namespace modtool::git
