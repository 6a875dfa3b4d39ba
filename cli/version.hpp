#pragma once

#include <string>

namespace modtool::cli {

// What `modtool --version` prints.
std::string version_text();

}  // namespace modtool::cli
