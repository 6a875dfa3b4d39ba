// Keeps libgit2 away from loose objects that are cut off or damaged: up to 1.5 at least it takes zlib's "no progress"
// for "not yet" and never comes back. A power failure leaves such files, and so does whoever wants to.
#pragma once

#include <string>

struct git_repository;

namespace modtool::git {

struct GitLibrary;

// As git_repository_open_ext(); whoever then reads a loose object of the repository, or of one that
// lends it objects, gets an error where its file is not whole.
int open_guarded_repository(const GitLibrary& git, git_repository** opened, const std::string& path, unsigned flags);

}  // namespace modtool::git
