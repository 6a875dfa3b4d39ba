#pragma once

#include <string>

namespace modtool::cli {

// "0.1.0".
std::string version_number();

// What `modtool --version` prints.
std::string version_text();

}  // namespace modtool::cli
