// UTF-8, one rune at a time.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace modtool {

struct Rune {
  std::uint32_t value = 0xFFFD;  // the replacement character where the bytes are not valid
  std::size_t size = 1;          // bytes it was read from
  bool valid = false;
};

// The first rune of a text that is not empty. Overlong forms and surrogates are not valid; a byte that starts no valid
// rune is one of its own, as in Go.
Rune decode_rune(std::string_view text);

bool is_valid_utf8(std::string_view text);

// Appends a rune, at most U+10FFFF, to the text.
void append_rune(std::string& text, std::uint32_t rune);

}  // namespace modtool
