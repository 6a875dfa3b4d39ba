// Dates as HTTP servers tell them (RFC 9110, section 5.6.7).
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace modtool::io {

// "Sun, 06 Nov 1994 08:49:37 GMT", the one form that is still sent; nothing for another text.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text);

}  // namespace modtool::io
