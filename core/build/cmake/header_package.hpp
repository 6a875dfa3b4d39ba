// A library of headers alone as a CMake project that installs it as a package.
#pragma once

#include <string>

#include "core/build/build_plan.hpp"

namespace modtool::build {

// The CMakeLists.txt: for each name N a package whose target is N::N (and E::N, of the path's last element E), of the
// headers in `directory`, which is absolute.
std::string header_package(const PlannedModule& module, const std::string& directory);

}  // namespace modtool::build
