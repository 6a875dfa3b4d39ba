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
// Appends the provider to CMAKE_PROJECT_TOP_LEVEL_INCLUDES: for `cmake -C`, behind all that a user sets.
inline constexpr std::string_view kAttachFile = "attach.cmake";

struct GeneratedFile {
  std::string name;  // in the directory
  std::string text;
};

// deps.cmake (the modules), provider.cmake, attach.cmake, modtool-presets.json (for CMakePresets.json to include),
// .gitignore. Equal plans give equal bytes.
std::vector<GeneratedFile> integration_files(const BuildPlan& plan);

// Writes those that are not there as they should be. Gives their names.
Result<std::vector<std::string>> save_integration_files(io::FileSystem& files, const std::string& directory,
                                                        const std::vector<GeneratedFile>& generated);

}  // namespace modtool::build
