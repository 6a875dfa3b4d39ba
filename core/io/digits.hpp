// Numbers of fixed formats.
#pragma once

#include <charconv>
#include <memory>
#include <optional>
#include <string_view>

namespace modtool::io {

// A number of decimal digits alone; nothing for another text, or one that is too large.
inline std::optional<int> parse_digits(std::string_view text) {
  int number = 0;
  const char* const end = std::to_address(text.end());
  const auto [stop, failure] = std::from_chars(std::to_address(text.begin()), end, number);
  const bool is_number = failure == std::errc() && stop == end && !text.starts_with('-');
  return is_number ? std::optional(number) : std::nullopt;
}

}  // namespace modtool::io
