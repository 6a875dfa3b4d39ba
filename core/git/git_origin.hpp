// One repository that modules come from, wherever it is: its references, and its commits brought to this machine.
#pragma once

#include <memory>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_repository.hpp"

namespace modtool::git {

// All functions may be called from several threads at once.
class GitOrigin {
 public:
  virtual ~GitOrigin() = default;

  // Tags and branches as they are now, sorted by name.
  virtual Result<std::vector<GitRef>> refs() = 0;
  // The default branch. Code::kUnknownVersion where there is none.
  virtual Result<GitRef> head() = 0;

  // The repository with this commit, if it is there without asking the origin; nullptr otherwise.
  virtual Result<std::shared_ptr<const GitRepository>> at_hand(const GitId& commit) = 0;
  // The repository, with the commit of a reference in it.
  virtual Result<std::shared_ptr<const GitRepository>> fetch(const GitRef& ref) = 0;
  // The repository with all that tags and branches lead to, and their history.
  virtual Result<std::shared_ptr<const GitRepository>> fetch_all() = 0;
};

// A repository of this machine: read in place, never copied; offline, what it has is at hand, else nothing is without
// asking it. Code::kNotFound where there is none.
Result<std::unique_ptr<GitOrigin>> open_local_origin(const std::string& directory, bool offline);

}  // namespace modtool::git
