// The manifest and the lock of a project are one change: after a run that was killed both are old, or both are new.
#pragma once

#include <string>

#include "core/base/cancellation.hpp"
#include "core/project/project.hpp"

namespace modtool::project {

// Writes both files, each only where it changes. What is to be written is first kept in a journal, a file
// `.modtool.journal` beside them, which is removed once both are in place. The project is held by the caller.
Result<void> save_project(io::FileSystem& files, const Project& project, const std::string& manifest,
                          const std::string& lock);

// Completes what a run that was killed in `save_project` had begun, and removes its journal. A journal that does not
// fit the files (somebody has changed them since, or it came with a checkout), or names others than manifests and
// locks, is removed, and nothing else is done. Nothing where there is no journal; while another run is writing, its end
// is waited for.
Result<void> complete_save(io::FileSystem& files, const Cancellation& cancellation, const ProjectRoot& root);

}  // namespace modtool::project
