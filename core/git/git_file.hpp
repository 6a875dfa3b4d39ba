// A file as it was at a Git revision. The only door to libgit2, which is loaded when it is first used.
#pragma once

#include <string>

#include "core/base/result.hpp"

namespace modtool::git {

// The bytes of the file at `path` (absolute, inside a work tree) at `revision` ("main", "HEAD~3", a commit). Reads
// Git's objects: no filter, hook or configuration of the repository takes part. Code::kFileNotFound where the revision
// does not have the file, kUnknownVersion where there is no such revision, kNoRepository.
Result<std::string> read_git_file(const std::string& path, const std::string& revision);

}  // namespace modtool::git
