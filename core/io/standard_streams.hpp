// Standard output and standard error of this process.
#pragma once

#include <string_view>

#include "core/base/result.hpp"

namespace modtool::io {

enum class StandardStream { kOutput = 1, kError = 2 };

// Opens /dev/null in the place of descriptors 0 to 2 that are closed, so that no file of a run gets such a number and
// what is said there. Before anything else is opened. Writing to an output that was closed fails all the same.
void open_closed_streams();

// Writes all of `text`; false where nobody reads any more (a closed pipe).
Result<bool> write_standard(StandardStream stream, std::string_view text);

}  // namespace modtool::io
