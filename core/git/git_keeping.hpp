// What Git does to files that are added to a repository: its ignore rules leave some out, its attributes change others.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/ignore_rules.hpp"
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

// A file that a rule leaves out of Git.
struct IgnoredFile {
  std::string name;
  IgnoreRule rule;
};

struct IgnoreRequest {
  std::string directory;           // absolute
  std::vector<std::string> names;  // of files below it, there or not
  // The text of a .gitignore that will lie below the directory, by its name; nothing where there will be none.
  std::function<Result<std::optional<std::string>>(const std::string& name)> rules_below;
};

// Which of the files a commit would lack, by the rules of .gitignore files that are in it: those below the directory,
// and those above it that are tracked. Files that are tracked are not among them, whatever the rules say.
// Code::kNoRepository outside a work tree.
Result<std::vector<IgnoredFile>> find_ignored(const io::FileReader& files, const IgnoreRequest& request);

}  // namespace modtool::git
