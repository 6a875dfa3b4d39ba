// The CMake modules that a library offers its users: `include(Catch)` behind find_package(Catch2).
#pragma once

#include <string>
#include <vector>

#include "core/build/build_plan.hpp"

namespace modtool::build {

// The directories of such modules, from the library's own, sorted: those of the .cmake files that its CMakeLists.txt
// installs, where the template of its configuration file says that it sets CMAKE_MODULE_PATH. An installed library
// would have put them side by side. None where the build files are an overlay's, and for what only CMake can evaluate.
std::vector<std::string> offered_modules(const PlannedModule& module, const SourceReader& read);

}  // namespace modtool::build
