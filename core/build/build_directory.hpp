// The directory that a build writes to.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/build/build_tool.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// In a build directory: what the last configuration that succeeded was made of. Without it all is configured anew.
inline constexpr std::string_view kConfiguredFile = ".modtool-configured";

// Makes the directory of a build, if it is not there. Git keeps out of one that nobody chose, lest it be committed by
// accident; what its own .gitignore says stays.
Result<void> make_build_directory(const BuildRequest& request, const std::string& directory, io::FileSystem& files);

}  // namespace modtool::build
