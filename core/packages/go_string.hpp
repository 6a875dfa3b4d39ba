// Where string literals of Go source end (go.dev/ref/spec#String_literals).
#pragma once

#include <cstddef>
#include <string_view>

namespace modtool::packages {

// The bytes that a literal at the front of the text takes up, quotes included; 0 where there is none that ends.
std::size_t go_string_length(std::string_view text);

}  // namespace modtool::packages
