#include "core/packages/go_token.hpp"

#include <algorithm>
#include <array>

#include "core/base/utf8.hpp"
#include "core/packages/go_string.hpp"

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

std::size_t word_length(std::string_view text) {
  return static_cast<std::size_t>(std::ranges::find_if_not(text, is_word_byte) - text.begin());
}

std::size_t operator_length(std::string_view text) {
  const auto* const found = std::ranges::find_if(kOperators, [&](const auto each) { return text.starts_with(each); });
  return found != kOperators.end() ? found->size() : 1;
}

}  // namespace

bool is_go_keyword(std::string_view word) { return std::ranges::binary_search(kKeywords, word); }

bool is_go_identifier(std::string_view word) {
  return !word.empty() && !(word[0] >= '0' && word[0] <= '9') && !is_go_keyword(word);
}

std::string_view go_token_at(std::string_view text) {
  if (text.empty()) return text;
  if (is_word_byte(text[0])) return text.substr(0, word_length(text));
  if (text[0] == '\'') return text.substr(0, go_rune_length(text));
  if (const auto length = go_string_length(text); length > 0) return text.substr(0, length);
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

}  // namespace modtool::packages
