// Classes of characters, ASCII and Unicode, that the rules for names ask for.
#pragma once

#include <cstdint>

namespace modtool::module {

inline bool is_ascii_alphanumeric(std::uint32_t rune) {
  return (rune >= '0' && rune <= '9') || (rune >= 'A' && rune <= 'Z') || (rune >= 'a' && rune <= 'z');
}

inline char to_ascii_lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Unicode's categories L*.
bool is_letter(std::uint32_t rune);

// The rune that stands for all that differ from it in case only.
std::uint32_t fold_rune(std::uint32_t rune);

}  // namespace modtool::module
