// Meson's options for modules that CMake builds.
#pragma once

#include <string>
#include <vector>

namespace modtool::build {

// The same definitions ("NAME=value") with what Meson's own options say in CMake's words in front, so that a library is
// built as the project is: `buildtype`, `default_library`, and position-independent code, which is Meson's habit.
std::vector<std::string> with_cmake_words(const std::vector<std::string>& definitions);

}  // namespace modtool::build
