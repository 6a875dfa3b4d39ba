// Keeps other runs of modtool out of a build directory.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/build/build_tool.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

struct BuildLock {
  std::string directory;
  std::unique_ptr<io::FileLock> held;
  bool has_waited = false;
};

// Makes the directory and waits until no other run uses it, of which `note` is told; nothing is held where `directory`
// is empty, or where the environment says that a run around this one has it.
Result<BuildLock> lock_build(io::FileSystem& files, const std::string& directory,
                             const std::vector<std::string>& environment,
                             const std::function<void(const std::string&)>& note, const Cancellation& cancellation);

// The environment for what builds there: what it starts may build there, too, and Git looks no further up than the
// modules (stop_git_at_modules).
std::vector<std::string> building_in(const std::string& directory, const BuildRequest& request,
                                     const std::vector<std::string>& environment);

}  // namespace modtool::build
