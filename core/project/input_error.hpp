// Whose fault it is that a file cannot be read.
#pragma once

#include "core/base/error.hpp"

namespace modtool::project {

// The error of reading a file that people keep in their project: Code::kUnreadableInput where the file is absent, of
// another kind or not to be read; as it is where the machine failed. `where` is the place that names the file.
Error input_error(Error error, const Where& where = {});

}  // namespace modtool::project
