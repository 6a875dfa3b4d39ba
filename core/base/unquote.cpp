#include "core/base/unquote.hpp"

#include <algorithm>
#include <cstdint>

#include "core/base/ascii.hpp"
#include "core/base/utf8.hpp"

namespace modtool {
namespace {

constexpr std::string_view kEscapeNames = "abfnrtv\\\"";
constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";

// Takes exactly `count` digits off the front.
std::optional<std::uint32_t> take_number(std::string_view& text, std::size_t count, int base) {
  if (text.size() < count) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, count)) {
    const int digit = hex_value(c);
    if (digit < 0 || digit >= base) return std::nullopt;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit);
  }
  text.remove_prefix(count);
  return value;
}

// \377 and \xff give a byte.
bool take_byte_escape(std::string_view& text, std::size_t count, int base, std::string& value) {
  const auto byte = take_number(text, count, base);
  if (!byte || *byte > 0xFF) return false;
  value += static_cast<char>(*byte);
  return true;
}

// \u00e9 and \U000000e9 give a rune.
bool take_rune_escape(std::string_view& text, std::size_t count, std::string& value) {
  const auto rune = take_number(text, count, 16);
  if (!rune || *rune > 0x10FFFF || (*rune >= 0xD800 && *rune < 0xE000)) return false;
  append_rune(value, *rune);
  return true;
}

// Takes what follows a backslash (go.dev/ref/spec#Rune_literals).
bool take_escape(std::string_view& text, std::string& value) {
  if (text.empty()) return false;
  const char c = text[0];
  if (c >= '0' && c <= '7') return take_byte_escape(text, 3, 8, value);
  text.remove_prefix(1);
  if (c == 'x') return take_byte_escape(text, 2, 16, value);
  if (c == 'u') return take_rune_escape(text, 4, value);
  if (c == 'U') return take_rune_escape(text, 8, value);
  const auto name = kEscapeNames.find(c);
  if (name == std::string_view::npos) return false;
  value += kEscaped[name];
  return true;
}

// Bytes that are no UTF-8 become the replacement character.
void append_valid(std::string& value, std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    append_rune(value, rune.value);
    text.remove_prefix(rune.size);
  }
}

std::optional<std::string> unquote_interpreted(std::string_view rest) {
  std::string value;
  while (!rest.empty()) {
    const auto plain = std::min(rest.find_first_of("\\\"\n"), rest.size());
    append_valid(value, rest.substr(0, plain));
    rest.remove_prefix(plain);
    if (rest.empty()) break;
    if (rest[0] != '\\') return std::nullopt;
    rest.remove_prefix(1);
    if (!take_escape(rest, value)) return std::nullopt;
  }
  return value;
}

std::optional<std::string> unquote_raw(std::string_view inner) {
  if (inner.find('`') != std::string_view::npos) return std::nullopt;
  std::string value(inner);
  std::erase(value, '\r');
  return value;
}

}  // namespace

std::optional<std::string> unquote(std::string_view literal) {
  if (literal.size() < 2 || literal.front() != literal.back()) return std::nullopt;
  const auto inner = literal.substr(1, literal.size() - 2);
  if (literal[0] == '`') return unquote_raw(inner);
  if (literal[0] == '"') return unquote_interpreted(inner);
  return std::nullopt;
}

}  // namespace modtool
