// From the environment to typed settings, with Go's precedence: flag, environment variable, GOENV file, default.
#pragma once

#include <string>

#include "cli/environment.hpp"
#include "core/engine/settings.hpp"
#include "core/io/file_system.hpp"

namespace modtool::cli {

// The version of Go whose behaviour modtool has.
inline constexpr const char* kGoVersion = "1.26.8";

// All but what the command line says. Among its problems are values that Go refuses (Code::kBadSetting, in Go's words)
// and a GOENV file that cannot be read.
engine::Settings load_settings(const Environment& environment, const io::FileReader& files);

}  // namespace modtool::cli
