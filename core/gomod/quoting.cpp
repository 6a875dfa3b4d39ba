#include "core/gomod/quoting.hpp"

#include <algorithm>
#include <cstdint>

#include "core/base/printable.hpp"
#include "core/base/text.hpp"
#include "core/base/unquote.hpp"
#include "core/base/utf8.hpp"

namespace modtool::gomod {
namespace {

bool is_space(std::uint32_t rune) {
  if (rune < 0x100) return (rune >= '\t' && rune <= '\r') || rune == ' ' || rune == 0x85 || rune == 0xA0;
  return rune == 0x1680 || (rune >= 0x2000 && rune <= 0x200A) || rune == 0x2028 || rune == 0x2029 || rune == 0x202F ||
         rune == 0x205F || rune == 0x3000;
}

bool is_quote(char c) { return c == '"' || c == '\'' || c == '`'; }

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
