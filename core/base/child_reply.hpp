// How a child process of this program tells its parent that it failed: "error", the code and the fix, a line each, and
// the message.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool {

std::string format_child_error(const Error& error);

// Fails with the error that a reply tells; every other reply is none of its business. `unknown` is the code of an error
// whose own is not known here.
Result<void> check_child_reply(std::string_view reply, Code unknown);

}  // namespace modtool
