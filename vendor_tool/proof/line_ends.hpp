// Files that version control changed on checkout.
#pragma once

#include <string_view>

#include "core/base/sha256.hpp"

namespace modtool::vendor_tool {

// Whether the bytes would have the hash if all their line ends were "\n", or all "\r\n".
bool differs_in_line_ends(std::string_view bytes, const Sha256Digest& expected);

}  // namespace modtool::vendor_tool
