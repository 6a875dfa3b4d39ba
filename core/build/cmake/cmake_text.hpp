// Text as CMake code.
#pragma once

#include <string>
#include <string_view>

namespace modtool::build {

// The text as one argument that CMake takes as it stands, whatever it holds (but NUL, which no CMake file may hold): a
// bracket argument.
std::string cmake_argument(std::string_view text);

}  // namespace modtool::build
