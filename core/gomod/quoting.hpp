// How go.mod quotes words.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::gomod {

// The value of a word of a line: a string in double quotes unquoted, another word as it is. Quotation marks anywhere
// else are reserved, so a raw string is an error too, as with the go command. The message is Go's, without a place.
Result<std::string> parse_word(std::string_view word);

// The word for a value: quoted only where it would not be one word otherwise.
std::string format_word(std::string_view value);

// Without Unicode's white space at both ends, as comments are written.
std::string_view trim_space(std::string_view text);

}  // namespace modtool::gomod
