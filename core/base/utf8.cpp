#include "core/base/utf8.hpp"

namespace modtool {

Rune decode_rune(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1, true};
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || text.size() < size) return {};
  std::uint32_t value = lead & (0x7FU >> size);
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return {};
    value = value << 6 | (byte(i) & 0x3FU);
  }
  constexpr std::uint32_t kSmallest[] = {0, 0, 0x80, 0x800, 0x10000};
  if (value < kSmallest[size] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return {};
  return {value, size, true};
}

bool is_valid_utf8(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    if (!rune.valid) return false;
    text.remove_prefix(rune.size);
  }
  return true;
}

void append_rune(std::string& text, std::uint32_t rune) {
  const auto tail = [&](int shift) { text += static_cast<char>(0x80 | (rune >> shift & 0x3F)); };
  if (rune < 0x80) {
    text += static_cast<char>(rune);
    return;
  }
  if (rune < 0x800) {
    text += static_cast<char>(0xC0 | rune >> 6);
  } else if (rune < 0x10000) {
    text += static_cast<char>(0xE0 | rune >> 12);
    tail(6);
  } else {
    text += static_cast<char>(0xF0 | rune >> 18);
    tail(12);
    tail(6);
  }
  tail(0);
}

}  // namespace modtool
