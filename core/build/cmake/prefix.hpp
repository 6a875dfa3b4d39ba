// Modules that are built and installed before the project: for projects that install(EXPORT) targets which link them.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/build_tool.hpp"

namespace modtool::build {

// Builds each module of the plan (an order in which each comes after what it requires) with CMake below
// `build_directory` and installs it into `request.prefix`, where the next finds it. Does nothing where the prefix is as
// these sources and this request make it; else the prefix is made anew. Code::kUsage where the directory is somebody
// else's, kNotSupported for a module that is only headers, kDependencyFailed for one that does not build.
Result<void> install_modules(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
                             const std::string& build_directory);

// What CMake gets so that it looks into the prefix first: CMAKE_PREFIX_PATH=…, with what the user has there.
std::string prefix_path(const BuildRequest& request);

// What pkg-config gets so that it looks into these directories before all others: PKG_CONFIG_PATH=…, with what the user
// has there. The second form is about what is installed in the prefix.
std::string pkg_config_path(const Runner& runner, const std::vector<std::string>& directories);
std::string prefix_pkg_config_path(const BuildRequest& request, const Runner& runner);

}  // namespace modtool::build
