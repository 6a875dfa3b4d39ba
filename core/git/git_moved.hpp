// What is said of a tag that moved since it was locked, and of a locked commit that is gone.
#pragma once

#include <optional>
#include <string>

#include "core/base/result.hpp"
#include "core/git/git_repository.hpp"
#include "core/manifest/lock.hpp"

namespace modtool::git {

// How many files of a directory ("" for all) differ between two commits' trees: added, removed, or changed in bytes or
// kind.
Result<std::size_t> count_changed_files(const GitRepository& repository, const GitId& old_tree, const GitId& new_tree);

// Code::kRefMoved, with both commits and, where both are there, the number of files that differ.
Error moved_error(const GitRepository& repository, const manifest::GitPin& pin, const GitId& now);

// Code::kCommitGone.
Error gone_error(const manifest::GitPin& pin, const std::string& repository);

}  // namespace modtool::git
