// What Git does to files that are added to a repository: its ignore rules leave some out, its attributes change others.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

struct GitKeeping {
  std::vector<std::string> left_out;  // ignored by a rule, and not tracked all the same
  std::vector<std::string> changed;   // a clone would have other bytes: line ends, $Id$, a filter
};

// What becomes of files below a directory: of their `names`, in that order. Both are empty where the directory lies in
// no work tree, or no rule file is there. The rules are those of the work tree and of `.git/info`; a user's own ones,
// which no clone has, do not count. libgit2 passes over a rule `!name` that takes back one of another file.
Result<GitKeeping> find_git_keeping(const io::FileReader& files, const std::string& directory,
                                    const std::vector<std::string>& names);

}  // namespace modtool::git
