// A project's lock as a commit has it: that was reviewed, and helps where the lock of now cannot be right.
#pragma once

#include <optional>
#include <string>

#include "core/engine/context.hpp"
#include "core/project/project.hpp"

namespace modtool::engine {

inline constexpr auto kLastCommit = "HEAD";

// Makes the lock what it is at a revision; what the manifest asks for beyond that, the next check says.
Fix restore_lock(const Context& context, const project::Project& project, const std::string& revision);

// The lock of the last commit; nothing where there is none, or where it cannot be read. Reads Git's objects.
std::optional<manifest::Lock> last_committed_lock(const project::Project& project);

// What helps where hashes of the lock contradict each other: the last commit, unless its hashes do so, too. Reads
// Git's objects.
manifest::ConflictHelp help_with_conflicts(const Context& context, const project::Project& project);

}  // namespace modtool::engine
