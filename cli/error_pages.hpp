// The pages docs/errors/MTnnnn.md, which are compiled into the program.
#pragma once

#include <string_view>

#include "core/base/error_code.hpp"

namespace modtool::cli {

// The page of a code: Markdown that begins with "# MT4001: checksum mismatch". Every code has one.
std::string_view error_page(Code code);

}  // namespace modtool::cli
