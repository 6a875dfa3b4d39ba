// Writes a project's manifest and lock together.
#pragma once

#include <string>

#include "core/project/project.hpp"

namespace modtool::project {

// Both files or neither; a text that is the file's already is not written. The lock goes first and is put back where
// the manifest cannot be written: a run that is killed between the two leaves the manifest as it was, and a lock that
// is called out of date until `tidy` makes it anew.
Result<void> save_project(io::FileSystem& files, const Project& project, const std::string& manifest,
                          const std::string& lock);

}  // namespace modtool::project
