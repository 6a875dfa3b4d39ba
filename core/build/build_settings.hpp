// How a project itself is built: "build" of its manifest.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::build {

struct BuildSettings {
  std::string system;                // "cmake", "command"; empty: the dialect's own
  std::string preset;                // of CMake; empty: none
  std::vector<std::string> targets;  // built where the command line names none; empty: all
  std::vector<std::string> command;  // of the system "command"
  std::vector<std::string> allow;    // packages that may come from the machine, even with --strict
  bool strict = false;               // as if --strict were typed
};

// Reads a JSON object that the dialect has checked for its keys and kinds; an empty text is an empty object.
Result<BuildSettings> parse_build_settings(std::string_view json);

}  // namespace modtool::build
