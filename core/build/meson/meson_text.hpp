// What can be read off a meson.build without running Meson, and text as Meson code. The grammar is that of Meson's
// manual ("Syntax"): calls, assignments, 'strings' and '''strings''', # comments. Any bytes may be given.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::build {

// The parts of a meson.build that say how others find it. What is computed is not seen.
struct MesonFile {
  std::string project;                 // the name in its project(); empty where there is none
  std::string subprojects_directory;   // its `subproject_dir`, or "subprojects"
  std::vector<std::string> overrides;  // of meson.override_dependency()
  std::vector<std::string> variables;  // to which it assigns
  std::vector<std::string> subdirs;    // whose meson.build it runs
  std::vector<std::string> libraries;  // that it builds
  std::vector<std::string> pc_files;   // that it makes for pkg-config: "zlib" of zlib.pc
};

MesonFile read_meson_file(std::string_view text);

// The text as a string of Meson.
std::string meson_string(std::string_view text);

}  // namespace modtool::build
