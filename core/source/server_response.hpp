// What a server says about a failure, as far as it may be shown.
#pragma once

#include <string>
#include <string_view>

#include "core/base/error_code.hpp"

namespace modtool::source {

// The code of a reply with this status, which is not 200.
Code code_of_status(int status);

// The body of a failed reply as the lines that Go adds to its message, "\n\tserver response: …"; shortened to 8 lines.
// Empty where the body is no plain UTF-8 text, or holds what could play tricks with a terminal.
std::string format_server_response(std::string_view body, std::string_view content_type);

}  // namespace modtool::source
