// String literals of Go source (go.dev/ref/spec#String_literals).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modtool::packages {

// The value of a whole literal, "interpreted" or `raw`; nothing where it is not one. Carriage returns are not part of a
// raw string.
std::optional<std::string> unquote_go_string(std::string_view literal);

// The bytes that a literal at the front of the text takes up, quotes included; 0 where there is none that ends.
std::size_t go_string_length(std::string_view text);

}  // namespace modtool::packages
