// What CMake tells of the targets of a configured build, by its file API (version 1, codemodel 2).
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

struct BuiltTarget {
  std::string name;
  std::string type;                    // "EXECUTABLE", "STATIC_LIBRARY" …
  std::string source_directory;        // from the project's root, or absolute
  std::vector<std::string> artifacts;  // from the build directory, or absolute
  std::set<std::string> includes;      // directories that its sources are compiled with, absolute
  std::vector<std::string> linked;     // what the linker is told of libraries, a fragment of its command line each
  bool compiles = false;
};

// Asks CMake to tell, when it configures next: a file in the build directory.
Result<void> ask_for_targets(io::FileSystem& files, const std::string& build_directory);

// All targets, of the first configuration.
Result<std::vector<BuiltTarget>> read_targets(const io::FileReader& files, const std::string& build_directory);

// The program that a target builds, as an absolute path. Code::kNoSuchTarget with the names there are.
Result<std::string> find_target_program(const io::FileReader& files, const std::string& build_directory,
                                        const std::string& target);

}  // namespace modtool::build
