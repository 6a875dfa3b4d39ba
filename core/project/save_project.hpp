// Writes a project's manifest and lock together.
#pragma once

#include <memory>
#include <string>

#include "core/project/project.hpp"

namespace modtool {
class Cancellation;
}

namespace modtool::project {

// Keeps other runs from changing the project as long as it lives; nothing where the file system knows no locks.
Result<std::unique_ptr<io::FileLock>> lock_project(io::FileSystem& files, const std::string& root,
                                                   const Cancellation& cancellation);

// Both files or neither; a text that is the file's already is not written. The lock goes first and is put back where
// the manifest cannot be written: a run that is killed between the two leaves the manifest as it was, and a lock that
// is called out of date until `tidy` makes it anew.
Result<void> save_project(io::FileSystem& files, const Project& project, const std::string& manifest,
                          const std::string& lock);

}  // namespace modtool::project
