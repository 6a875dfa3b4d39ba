// The packages that CMake has find modules of its own for, and which libraries they are about.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::build {

// What find_package() calls a library that is called `name`, case left aside: "ZLIB" of zlib, "PNG" of libpng. Empty
// where CMake has no such find module, or none about a library that people build by CMake or Meson.
std::string_view find_module_of(std::string_view name);

}  // namespace modtool::build
