// A project's lock as a commit has it: that was reviewed, and helps where the lock of now cannot be right.
#pragma once

#include <string>

#include "core/engine/context.hpp"
#include "core/project/project.hpp"

namespace modtool::engine {

// Makes the lock what it is at a revision; what the manifest asks for beyond that, the next check says.
Fix restore_lock(const Context& context, const project::Project& project, const std::string& revision);

// What helps where hashes of the lock contradict each other: the last commit, unless its hashes do so, too. Reads
// Git's objects.
manifest::ConflictHelp help_with_conflicts(const Context& context, const project::Project& project);

}  // namespace modtool::engine
