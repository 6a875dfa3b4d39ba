// What Meson is told besides the wraps: that it takes the modules, and no others, and their own options.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/cmake/integration_files.hpp"
#include "core/build/meson/meson_layout.hpp"

namespace modtool::build {

// As `-D` takes them.
Values meson_options(const MesonLayout& layout);

struct MesonDefinitions {
  std::string prefix;              // absolute: where modules are installed that CMake builds; empty: there are none
  std::string pkg_config_path;     // of the user's environment, which Meson looks at no more where the option is set
  std::vector<std::string> users;  // NAME=value; CMake's (`CMAKE_…`) are left aside
};

// The `-D…` of a configuration: meson_options(), where installed modules are, and the user's, who has the last word but
// for lists, which get his values behind those of modtool.
std::vector<std::string> define_options(const MesonLayout& layout, const MesonDefinitions& definitions);

// Code::kUsage where the user sets what modtool alone can.
Result<void> check_definitions(const std::vector<std::string>& users);

// The files in .modtool/: meson.ini says the same to whoever runs `meson setup --native-file .modtool/meson.ini`.
// Format: Meson's manual, "Machine files".
std::vector<GeneratedFile> meson_files(const MesonLayout& layout);

}  // namespace modtool::build
