// Any bytes as lines of valid UTF-8, for modtool.sums (sums_file.hpp tells the rules). One way to write given bytes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modtool::vendor_tool {

// Bytes without line feeds, with backslashes, control characters (but tabs) and invalid UTF-8 escaped.
std::string escape_bytes(std::string_view bytes);
// The bytes of an escaped text; nothing where an escape is malformed.
std::optional<std::string> unescape_bytes(std::string_view text);

// Appends bytes as quoted lines, each with its line feed.
void append_quoted_lines(std::string& text, std::string_view bytes);
// Whether a line is a quoted one.
bool is_quoted_line(std::string_view line);
// Appends the bytes that one quoted line stands for; false where it is malformed.
bool append_unquoted(std::string& bytes, std::string_view line);

}  // namespace modtool::vendor_tool
