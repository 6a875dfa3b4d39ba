// Which runes can be shown as they are: the same set as Go's unicode.IsPrint, which decides what Go's files may hold
// and what its messages escape.
#pragma once

#include <cstdint>

namespace modtool {

// Letters, marks, numbers, punctuation, symbols and the ASCII space.
bool is_printable(std::uint32_t rune);

}  // namespace modtool
