// Go's string literals (go.dev/ref/spec#String_literals), which go.mod and Go source have in common; the other way
// round is `quote` of text.hpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modtool {

// The value of a whole literal, "interpreted" or `raw`; nothing where it is not one. Bytes that are not UTF-8 become
// the replacement character in an interpreted string; carriage returns are not part of a raw one.
std::optional<std::string> unquote(std::string_view literal);

}  // namespace modtool
