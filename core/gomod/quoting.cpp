#include "core/gomod/quoting.hpp"

#include <algorithm>
#include <cstdint>

#include "core/base/printable.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kEscapeNames = "abfnrtv\\\"";
constexpr std::string_view kEscaped = "\a\b\f\n\r\t\v\\\"";

bool is_space(std::uint32_t rune) {
  if (rune < 0x100) return (rune >= '\t' && rune <= '\r') || rune == ' ' || rune == 0x85 || rune == 0xA0;
  return rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 || rune == 0x2029 || rune == 0x202F ||
         rune == 0x205F || rune == 0x3000;
}

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

int digit_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 16;
}

// Takes exactly `count` digits off the front.
std::optional<std::uint32_t> take_number(std::string_view& text, std::size_t count, int base) {
  if (text.size() < count) return std::nullopt;
  std::uint32_t value = 0;
  for (const char c : text.substr(0, count)) {
    if (digit_value(c) >= base) return std::nullopt;
    value = value * static_cast<std::uint32_t>(base) + static_cast<std::uint32_t>(digit_value(c));
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

// Takes what follows a backslash; the escapes of Go's interpreted strings (go.dev/ref/spec#Rune_literals).
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

std::optional<std::string> unquote(std::string_view word) {
  if (word.size() < 2 || word.back() != '"') return std::nullopt;
  auto rest = word.substr(1, word.size() - 2);
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

bool must_quote(std::string_view value) {
  if (value.empty() || value.find("//") != std::string_view::npos || value.find("/*") != std::string_view::npos) {
    return true;
  }
  if (value.find_first_of(" \"'`") != std::string_view::npos) return true;
  if (value.size() > 1 && value.find_first_of("()[]{},") != std::string_view::npos) return true;
  for (auto rest = value; !rest.empty();) {
    const Rune rune = decode_rune(rest);
    if (!is_printable(rune.value)) return true;
    rest.remove_prefix(rune.size);
  }
  return false;
}

}  // namespace

Result<std::string> parse_word(std::string_view word) {
  if (word.starts_with('"')) {
    if (auto value = unquote(word)) return std::move(*value);
    return fail(Code::kGoModSyntax, "invalid syntax");
  }
  if (std::ranges::any_of(word, is_quote)) {
    return fail(Code::kGoModSyntax, "unquoted string cannot contain quote");
  }
  return std::string(word);
}

std::string format_word(std::string_view value) { return must_quote(value) ? quote(value) : std::string(value); }

std::string_view trim_space(std::string_view text) {
  while (!text.empty()) {
    const Rune rune = decode_rune(text);
    if (!is_space(rune.value)) break;
    text.remove_prefix(rune.size);
  }
  std::string_view trimmed;
  for (std::size_t at = 0; at < text.size();) {
    const Rune rune = decode_rune(text.substr(at));
    at += rune.size;
    if (!is_space(rune.value)) trimmed = text.substr(0, at);
  }
  return trimmed;
}

}  // namespace modtool::gomod
