#include "core/packages/go_string.hpp"

#include <charconv>
#include <cstdint>

#include "core/base/utf8.hpp"

namespace modtool::packages {
namespace {

constexpr std::uint32_t kMaxRune = 0x10FFFF;

bool is_surrogate(std::uint32_t rune) { return rune >= 0xD800 && rune <= 0xDFFF; }

std::optional<std::string> unquote_raw(std::string_view inner) {
  if (inner.find('`') != std::string_view::npos) return std::nullopt;
  std::string value(inner);
  std::erase(value, '\r');
  return value;
}

// The escape sequences that stand for one byte each.
std::optional<char> simple_escape(char c) {
  constexpr std::string_view kNames = "abfnrtv\\\"";
  constexpr std::string_view kValues = "\a\b\f\n\r\t\v\\\"";
  const auto index = kNames.find(c);
  if (index == std::string_view::npos) return std::nullopt;
  return kValues[index];
}

// Exactly `count` digits of a base, taken off the front of the text.
std::optional<std::uint32_t> take_digits(std::string_view& text, std::size_t count, int base) {
  if (text.size() < count) return std::nullopt;
  const auto digits = text.substr(0, count);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, base);
  if (error != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  text.remove_prefix(count);
  return value;
}

// Appends what the escape sequence after a backslash stands for.
bool take_escape(std::string_view& text, std::string& value) {
  if (text.empty()) return false;
  const char kind = text[0];
  if (const auto simple = simple_escape(kind)) {
    text.remove_prefix(1);
    value += *simple;
    return true;
  }
  const bool is_octal = kind >= '0' && kind <= '7';
  if (!is_octal) text.remove_prefix(1);
  const std::size_t digits = is_octal ? 3 : kind == 'x' ? 2 : kind == 'u' ? 4 : kind == 'U' ? 8 : 0;
  if (digits == 0) return false;
  const auto number = take_digits(text, digits, is_octal ? 8 : 16);
  if (!number) return false;
  if (digits <= 3) {
    if (*number > 0xFF) return false;
    value += static_cast<char>(*number);
    return true;
  }
  if (*number > kMaxRune || is_surrogate(*number)) return false;
  append_rune(value, *number);
  return true;
}

std::optional<std::string> unquote_interpreted(std::string_view inner) {
  std::string value;
  while (!inner.empty()) {
    const char c = inner[0];
    inner.remove_prefix(1);
    if (c == '"' || c == '\n') return std::nullopt;
    if (c != '\\') {
      value += c;
    } else if (!take_escape(inner, value)) {
      return std::nullopt;
    }
  }
  return value;
}

}  // namespace

std::optional<std::string> unquote_go_string(std::string_view literal) {
  if (literal.size() < 2 || literal.front() != literal.back()) return std::nullopt;
  const auto inner = literal.substr(1, literal.size() - 2);
  if (literal[0] == '`') return unquote_raw(inner);
  if (literal[0] == '"') return unquote_interpreted(inner);
  return std::nullopt;
}

std::size_t go_string_length(std::string_view text) {
  if (text.starts_with('`')) {
    const auto end = text.find('`', 1);
    return end == std::string_view::npos ? 0 : end + 1;
  }
  if (!text.starts_with('"')) return 0;
  for (std::size_t i = 1; i < text.size() && text[i] != '\n'; ++i) {
    if (text[i] == '"') return i + 1;
    if (text[i] == '\\') ++i;
  }
  return 0;
}

}  // namespace modtool::packages
