// Git in a build: what a library asks it is about the library.
#pragma once

#include <string>
#include <vector>

#include "core/build/build_tool.hpp"

namespace modtool::build {

// The environment for the programs of a build, in which Git looks for a repository no further up than the modules
// (GIT_CEILING_DIRECTORIES): a library that asks for its version is not answered with the tags of the project that it
// is vendored in. What lies around the project, or is the project's own, is left as it is.
// The copies in `build_directory` are modules, too.
std::vector<std::string> stop_git_at_modules(const BuildRequest& request, const std::string& build_directory,
                                             std::vector<std::string> environment);

}  // namespace modtool::build
