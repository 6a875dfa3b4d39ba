// Decimal numbers as text: those in versions have no upper limit.
#pragma once

#include <string_view>

#include "core/base/ascii.hpp"

namespace modtool::module {

// Whether the text holds digits only; the empty text does.
inline bool is_decimal(std::string_view text) {
  for (const char c : text) {
    if (!is_digit(c)) return false;
  }
  return true;
}

// Takes the number off the front of the text. Nothing is taken, and the result is empty, where there is no digit or
// the number has a leading zero.
inline std::string_view take_decimal(std::string_view& text) {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size])) ++size;
  if (size > 1 && text[0] == '0') return {};
  const auto number = text.substr(0, size);
  text.remove_prefix(size);
  return number;
}

// -1, 0, +1 for two numbers without leading zeros; no number at all is less than 0.
inline int compare_decimals(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  const int order = a.compare(b);
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

}  // namespace modtool::module
