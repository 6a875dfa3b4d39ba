// .gitmodules: which repository each submodule of a commit comes from (git-scm.com/docs/gitmodules), in the syntax of
// Git's configuration (git-scm.com/docs/git-config#_syntax). It is foreign and read with suspicion: nothing but "path"
// and "url" has a meaning, includes are not followed, and what no honest file says is refused: a path that leaves the
// repository, enters ".git" or looks like an option, two entries for one path, two paths or URLs in one entry.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_url.hpp"

namespace modtool::git {

struct SubmoduleEntry {
  std::string path;
  std::string url;  // as it is written, not checked; may be empty

  bool operator==(const SubmoduleEntry&) const = default;
};

// The entries that have a path, sorted by it. Code::kGitModules with the line.
Result<std::vector<SubmoduleEntry>> parse_git_modules(std::string_view text);

// What a submodule's URL means in a repository whose own URL is `parent`: "./x" and "../x" are relative to that.
// Code::kGitModules where it leads out of the parent's host, or to a path of this machine from a repository elsewhere;
// what parse_git_url refuses, with its codes.
Result<GitUrl> resolve_submodule_url(const std::string& written, const GitUrl& parent);

}  // namespace modtool::git
