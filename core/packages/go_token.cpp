#include "core/packages/go_token.hpp"

#include <algorithm>
#include <array>

#include "core/base/ascii.hpp"
#include "core/base/utf8.hpp"
#include "core/module/characters.hpp"

namespace modtool::packages {
namespace {

using namespace std::string_view_literals;

constexpr std::array kKeywords = {
    "break"sv, "case"sv,   "chan"sv,   "const"sv,  "continue"sv, "default"sv, "defer"sv,     "else"sv, "fallthrough"sv,
    "for"sv,   "func"sv,   "go"sv,     "goto"sv,   "if"sv,       "import"sv,  "interface"sv, "map"sv,  "package"sv,
    "range"sv, "return"sv, "select"sv, "struct"sv, "switch"sv,   "type"sv,    "var"sv,
};

// Operators of more than one byte, the longest first.
constexpr std::array kOperators = {
    "<<="sv, ">>="sv, "&^="sv, "..."sv, "<<"sv, ">>"sv, "&^"sv, "+="sv, "-="sv, "*="sv, "/="sv, "%="sv, "&="sv,
    "|="sv,  "^="sv,  "&&"sv,  "||"sv,  "<-"sv, "++"sv, "--"sv, "=="sv, "!="sv, "<="sv, ">="sv, ":="sv,
};

// The bytes of the word at the front; a rune that is no letter ends it.
std::size_t word_length(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && is_word_byte(text[length])) {
    const Rune rune = decode_rune(text.substr(length));
    if (rune.value >= 0x80 && !module::is_letter(rune.value)) break;
    length += rune.size;
  }
  return length;
}

std::size_t operator_length(std::string_view text) {
  const auto* const found = std::ranges::find_if(kOperators, [&](const auto each) { return text.starts_with(each); });
  return found != kOperators.end() ? found->size() : 1;
}

}  // namespace

bool is_go_keyword(std::string_view word) { return std::ranges::binary_search(kKeywords, word); }

bool is_go_identifier(std::string_view word) {
  if (word.empty() || is_digit(word[0]) || is_go_keyword(word)) return false;
  return word_length(word) == word.size();
}

std::string_view go_token_at(std::string_view text) {
  if (text.empty()) return text;
  if (const auto length = word_length(text); length > 0) return text.substr(0, length);
  if (text[0] == '\'') return text.substr(0, go_rune_length(text));
  if (const auto length = go_string_length(text); length > 0) return text.substr(0, length);
  if (static_cast<unsigned char>(text[0]) >= 0x80) return text.substr(0, decode_rune(text).size);
  return text.substr(0, operator_length(text));
}

std::size_t go_rune_length(std::string_view text) {
  std::size_t end = 1;
  for (; end < text.size() && text[end] != '\n'; ++end) {
    if (text[end] == '\'') return end + 1;
    if (text[end] == '\\' && end + 1 < text.size() && text[end + 1] != '\n') ++end;
  }
  return end;
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

std::optional<std::string_view> go_directive(std::string_view text, std::string_view name) {
  if (!text.starts_with(name)) return std::nullopt;
  text.remove_prefix(name.size());
  if (!text.empty() && !kGoBlanks.contains(text[0])) return std::nullopt;
  text.remove_prefix(std::min(text.find_first_not_of(kGoBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kGoBlanks) + 1);
}

}  // namespace modtool::packages
