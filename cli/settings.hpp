// From the environment to typed settings, with Go's precedence: flag, environment variable, GOENV file, default.
#pragma once

#include <string>

#include "cli/environment.hpp"
#include "core/base/result.hpp"
#include "core/engine/settings.hpp"
#include "core/io/file_system.hpp"

namespace modtool::cli {

// The version of Go whose behaviour modtool has.
inline constexpr const char* kGoVersion = "1.26.8";

// All but what the command line says. Code::kBadSetting with Go's words for values that Go refuses.
Result<engine::Settings> load_settings(const Environment& environment, const io::FileReader& files);

}  // namespace modtool::cli
