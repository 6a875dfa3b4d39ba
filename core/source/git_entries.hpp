// What a directory of a commit's tree holds, all the way down, and where its symbolic links lead.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/source/git_repository.hpp"

namespace modtool::source {

struct GitEntry {
  GitEntryKind kind = GitEntryKind::kFile;
  GitId id;
  std::string target;  // of a symbolic link
};

using GitEntries = std::map<std::string, GitEntry, std::less<>>;  // by path below the directory

// Code::kTooLarge beyond `max_files` and the limits of git_tree.hpp. Directories with a file `manifest_name`, other
// than the topmost, are left out.
Result<GitEntries> read_git_entries(const GitRepository& repository, const GitId& tree,
                                    const std::string& manifest_name, std::size_t max_files);

// The entry of a path in a tree; nothing where there is none.
Result<std::optional<GitTreeEntry>> find_git_entry(const GitRepository& repository, const GitId& tree,
                                                   std::string_view path);

// The file or directory that the link at `name` leads to in the end: its path, "" for the topmost directory. Nothing
// where it leads out of the entries, nowhere, or round and round.
std::optional<std::string> follow_git_link(const GitEntries& entries, std::string_view name);

}  // namespace modtool::source
