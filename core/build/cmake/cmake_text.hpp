// Text as CMake code.
#pragma once

#include <string>
#include <string_view>

namespace modtool::build {

// The text as one argument that CMake takes as it stands, whatever it holds (but NUL, which no CMake file may hold): a
// bracket argument.
std::string cmake_argument(std::string_view text);

// CMake code without its comments, from # to the end of the line. A bracket comment is kept, and a # in quotes ends its
// line: good enough for who looks for a call, and at worst finds one that nobody makes.
std::string without_comments(std::string_view text);

}  // namespace modtool::build
