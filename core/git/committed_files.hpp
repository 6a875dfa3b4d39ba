// A work tree as a clone of it would be: what Git's index or a revision holds, in the place of the files on the disk.
#pragma once

#include <memory>
#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

// The files of `below`, but in the checkout around `directory` (absolute) those of Git's index, or of `revision` where
// it is not empty, as a checkout writes them: with what .gitattributes of the same state says, and without hooks and
// drivers. Nothing there can be changed (Code::kNotSupported). May be used from several threads at once; `below`
// outlives it. Code::kNoRepository, kUnknownVersion where there is no such revision, kBadGitRepository (unmerged
// entries, too).
Result<std::unique_ptr<io::FileSystem>> open_committed_files(io::FileSystem& below, const std::string& directory,
                                                             const std::string& revision);

}  // namespace modtool::git
