// Merge conflicts in manifests and lists: every parser names them as such, with the line, before anything else.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::manifest {

// Whether a line is one of the marks that Git and other version control leave in a file with a merge conflict:
// "<<<<<<< ours", "||||||| base", "=======", ">>>>>>> theirs", at the start of the line.
bool is_conflict_marker(std::string_view line);

// Code::kConflictMarker at the first such line of the text.
Result<void> check_no_conflict(std::string_view text, const std::string& file);

// What has a file in a merge conflict merged again, by what it means. None where that left the conflict:
// then a person has to decide. `path` is the file's, from the current directory.
Fix conflict_fix(std::string_view text, std::string_view path);

}  // namespace modtool::manifest
