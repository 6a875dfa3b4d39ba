// What Meson is told besides the wraps: that it takes the modules, and no others, and their own options.
#pragma once

#include <string>
#include <vector>

#include "core/build/integration_files.hpp"
#include "core/build/meson_layout.hpp"

namespace modtool::build {

// As `-D` takes them.
Values meson_options(const MesonLayout& layout);

// The files in .modtool/: meson.ini says the same to whoever runs `meson setup --native-file .modtool/meson.ini`.
// Format: Meson's manual, "Machine files".
std::vector<GeneratedFile> meson_files(const MesonLayout& layout);

}  // namespace modtool::build
