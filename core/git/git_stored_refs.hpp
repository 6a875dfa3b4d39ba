// The references of a repository on this machine, as its files have them
// (https://git-scm.com/docs/gitrepository-layout, https://git-scm.com/docs/git-pack-refs). Read here and not by
// libgit2, which takes a file that it cannot read for one that is not there: half a list of tags is no list.
#pragma once

#include <map>
#include <string>

#include "core/git/git_object.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

// Name ("refs/tags/v1.2.0") → what stands there, annotated tags not peeled. Symbolic references are left out, and so is
// what is neither a tag nor a branch. `directory` is the one that holds refs/. Code::kBadGitRepository where a file
// holds no reference; the system's error where one cannot be read.
Result<std::map<std::string, GitId>> read_stored_refs(const io::FileReader& files, const std::string& directory);

}  // namespace modtool::git
