// The few facts about Go's tokens (go.dev/ref/spec#Lexical_elements) that reading imports and directives needs.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/base/ascii.hpp"

namespace modtool::packages {

// A byte of an identifier, a keyword or a number; every byte beyond ASCII is taken for one.
inline bool is_word_byte(char c) {
  return is_ascii_alphanumeric(c) || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}

bool is_go_keyword(std::string_view word);
// Whether the whole text is a name: neither a keyword nor a number.
bool is_go_identifier(std::string_view word);

// The token at the front of the text, as far as messages need it: a word, a literal, an operator, or a rune that begins
// none; empty at the end.
std::string_view go_token_at(std::string_view text);

// The bytes that a string literal at the front of the text takes up, quotes included; 0 where there is none that ends.
std::size_t go_string_length(std::string_view text);

// The bytes of the rune literal at the front of the text; one that does not end takes up the rest of its line.
std::size_t go_rune_length(std::string_view text);

inline constexpr std::string_view kGoBlanks = " \t\r\n\v\f";

// The arguments of a directive at the front of a comment's text, without the blanks around them: of "//go:embed" and
// the like, "+build". Nothing where it is no such one: what is stuck to the name makes it another.
std::optional<std::string_view> go_directive(std::string_view text, std::string_view name);

}  // namespace modtool::packages
