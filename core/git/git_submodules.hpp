// Finds the commits of the submodules that belong to a module. Nothing is checked out, and no setting of .gitmodules
// but the URL is used.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/git/git_entries.hpp"
#include "core/git/git_origin.hpp"

namespace modtool::git {

// The repository of a declared URL, the user's rewrites applied.
using DeclaredOpener = std::function<Result<std::shared_ptr<GitOrigin>>(const GitUrl& declared)>;

// The commit of the submodule at `path` of a commit's tree, fetched where it has to be. Code::kGitModules where
// .gitmodules does not say whence, or is hostile; kSubmoduleGone where its repository does not have the commit.
Result<GitPlace> open_git_submodule(const GitPlace& parent, const std::string& path, const GitId& commit,
                                    const DeclaredOpener& open);

}  // namespace modtool::git
