// The files in a project's .modtool/ that let CMake find the modules of a build plan.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/build_plan.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// The directory, from the project's root.
inline constexpr std::string_view kIntegrationDirectory = ".modtool";
// For `cmake -C`, behind all that a user sets: appends the provider to CMAKE_PROJECT_TOP_LEVEL_INCLUDES; before
// CMake 3.24 puts packages/ first where packages are looked for.
inline constexpr std::string_view kAttachFile = "attach.cmake";

// The same where the modules are installed packages: takes back what attach.cmake did.
inline constexpr std::string_view kDetachFile = "detach.cmake";

struct GeneratedFile {
  std::string name;  // in the directory
  std::string text;
};

// deps.cmake (the modules), modules.cmake, scope.cmake and includes.cmake (how they are added), find_modules.cmake and
// pkg_config.cmake (what they answer to besides), outside.cmake (what else is taken), provider.cmake and content/ (by
// CMake 3.24 and newer), older.cmake, project.cmake and packages/ (by older ones), attach.cmake, detach.cmake,
// modtool-presets.json (for CMakePresets.json to include), .gitignore. Equal plans give equal bytes.
std::vector<GeneratedFile> integration_files(const BuildPlan& plan);

// Writes those that are not there as they should be, and removes what else is in packages/. Gives the names of those
// that were written.
Result<std::vector<std::string>> save_integration_files(io::FileSystem& files, const std::string& directory,
                                                        const std::vector<GeneratedFile>& generated);

}  // namespace modtool::build
