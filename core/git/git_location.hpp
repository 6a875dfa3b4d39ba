// Which repository, and which directory of it, a module path stands for.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_url.hpp"
#include "core/manifest/description.hpp"

namespace modtool::git {

struct GitLocation {
  GitUrl declared;           // as the path or the description says
  GitUrl url;                // after the user's rewrites
  std::string subdirectory;  // empty: all of the repository
};

// "host/owner/repo/sub/dir" is the directory "sub/dir" of https://host/owner/repo; the description (nullptr: none) may
// say otherwise, and the user's url.<base>.insteadOf is applied to what comes out. A relative path of this machine
// means one below `directory`. Code::kBadModulePath, kBadGitUrl, kUnsupportedScheme.
Result<GitLocation> locate_git_module(const std::string& path, const manifest::Description* description,
                                      const GitConfig& config, const std::string& directory);

// Where a declared URL really leads: the user's rewrites applied (to a plain URL, too), a relative path of this machine
// below `directory`.
Result<GitUrl> rewrite_git_url(const GitUrl& declared, const GitConfig& config, const std::string& directory);

// A revision that people name: a branch, a tag, a commit. Code::kBadVersion for what no reference may be called and for
// what starts with "-".
Result<void> check_git_revision(std::string_view revision);

}  // namespace modtool::git
