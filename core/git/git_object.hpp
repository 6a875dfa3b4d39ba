// Git's objects (git-scm.com/book/en/v2/Git-Internals-Git-Objects), parsed from their raw bytes. The formats are those
// of repositories with SHA-1 names. Code::kBadGitRepository where the bytes are no such object.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::git {

// The name of an object: the SHA-1 of its kind, size and bytes.
struct GitId {
  std::array<unsigned char, 20> bytes{};

  auto operator<=>(const GitId&) const = default;
};

// 40 hexadecimal digits, and back; nothing where the text is not exactly that, in lower case.
std::string to_string(const GitId& id);
std::optional<GitId> parse_git_id(std::string_view text);

enum class GitObjectKind { kCommit, kTree, kBlob, kTag };

enum class GitEntryKind { kFile, kExecutable, kSymlink, kDirectory, kSubmodule };

struct GitTreeEntry {
  std::string name;  // one path element; never empty, ".", "..", or any spelling of ".git"
  GitEntryKind kind = GitEntryKind::kFile;
  GitId id;

  bool operator==(const GitTreeEntry&) const = default;
};

struct GitCommit {
  GitId tree;
  std::vector<GitId> parents;
  std::int64_t time = 0;  // of the committer, seconds since 1970
};

// What an annotated tag leads to.
struct GitTag {
  GitId target;
  GitObjectKind kind = GitObjectKind::kCommit;
};

Result<std::vector<GitTreeEntry>> parse_git_tree(std::string_view bytes);
Result<GitCommit> parse_git_commit(std::string_view bytes);
Result<GitTag> parse_git_tag(std::string_view bytes);

}  // namespace modtool::git
