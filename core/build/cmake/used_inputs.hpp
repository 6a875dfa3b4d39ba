// What a build by CMake took of the machine in the place of modules.
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/runner.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// Looks at what compilers and linkers have read, when the build tool has ended. What is foreign is told; with --strict
// it is an error, Code::kForeignInput, and so is a build that cannot be looked at. What was found is kept in the build
// directory, so that a build with nothing to do costs nothing.
Result<void> check_inputs(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
                          const std::string& build_directory);

}  // namespace modtool::build
