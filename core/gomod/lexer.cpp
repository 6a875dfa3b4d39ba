#include "core/gomod/lexer.hpp"

#include <utility>

#include "core/base/printable.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kPunctuation = "()[]{},";
constexpr std::string_view kBlockComment = "mod files must use // comments (not /* */ comments)";

bool is_punctuation(char c) { return kPunctuation.find(c) != std::string_view::npos; }

// One rune as fmt's %q shows it.
std::string quote_rune(std::string_view rune) {
  const std::string quoted = quote(rune);
  return "'" + quoted.substr(1, quoted.size() - 2) + "'";
}

}  // namespace

int column_of(std::string_view text, Position position) {
  auto line = text.substr(0, position.offset);
  if (const auto newline = line.rfind('\n'); newline != std::string_view::npos) line.remove_prefix(newline + 1);
  int column = 1;
  for (; !line.empty(); ++column) line.remove_prefix(decode_rune(line).size);
  return column;
}

Lexer::Lexer(std::string_view text) : text_(text) { next_ = read(); }

Token Lexer::take() {
  Token token = next_;
  next_ = read();
  return token;
}

void Lexer::fail(Position position, std::string message) {
  if (!problem_) problem_ = SyntaxProblem{.position = position, .message = std::move(message)};
  next_ = Token{.kind = TokenKind::kEnd, .text = {}, .start = position};
}

Token Lexer::refuse(Position position, std::string message) {
  fail(position, std::move(message));
  return next_;
}

Token Lexer::finish(TokenKind kind, Position start) const {
  return {.kind = kind, .text = text_.substr(start.offset, here_.offset - start.offset), .start = start};
}

void Lexer::skip_blanks() {
  const auto next = text_.find_first_not_of(" \t\r", here_.offset);
  here_.offset = next == std::string_view::npos ? text_.size() : next;
}

Token Lexer::read() {
  if (problem_) return next_;
  skip_blanks();
  const Position start = here_;
  if (here_.offset == text_.size()) return finish(TokenKind::kEnd, start);
  const char c = text_[here_.offset];
  if (c == '\n') {
    ++here_.offset;
    ++here_.line;
    at_line_start_ = true;
    return finish(TokenKind::kNewline, start);
  }
  if (starts("//")) return read_comment();
  if (starts("/*")) return refuse(here_, std::string(kBlockComment));
  at_line_start_ = false;
  if (is_punctuation(c)) {
    ++here_.offset;
    return finish(TokenKind::kPunctuation, start);
  }
  return c == '"' || c == '`' ? read_string(c) : read_word();
}

Token Lexer::read_comment() {
  const Position start = here_;
  const auto newline = text_.find('\n', here_.offset);
  const bool ended = newline != std::string_view::npos;
  here_.offset = ended ? newline : text_.size();
  Token token = finish(at_line_start_ ? TokenKind::kComment : TokenKind::kSuffixComment, start);
  if (ended) {
    if (token.text.ends_with('\r')) token.text.remove_suffix(1);
    ++here_.offset;
    ++here_.line;
  }
  at_line_start_ = true;
  return token;
}

Token Lexer::read_string(char quote) {
  const Position start = here_;
  for (++here_.offset; here_.offset < text_.size(); ++here_.offset) {
    const char c = text_[here_.offset];
    if (c == '\n') return refuse(here_, "unexpected newline in string");
    if (c == quote) {
      ++here_.offset;
      return finish(TokenKind::kString, start);
    }
    if (c != '\\' || quote == '`') continue;
    ++here_.offset;
    if (here_.offset < text_.size() && text_[here_.offset] == '\n') ++here_.line;
  }
  here_.offset = text_.size();
  return refuse(start, "unexpected EOF in string");
}

// The bytes of the rune that stands here if it may be part of a word, otherwise 0.
std::size_t Lexer::word_rune_size() const {
  if (here_.offset == text_.size()) return 0;
  const char c = text_[here_.offset];
  if (c > ' ' && c < '\x7f') return is_punctuation(c) ? 0 : 1;
  const Rune rune = decode_rune(text_.substr(here_.offset));
  return rune.value >= 0x80 && is_printable(rune.value) ? rune.size : 0;
}

Token Lexer::read_word() {
  const Position start = here_;
  while (const std::size_t size = word_rune_size()) {
    if (text_[here_.offset] == '/') {
      if (starts("//")) break;
      if (starts("/*")) return refuse(here_, std::string(kBlockComment));
    }
    here_.offset += size;
  }
  if (here_.offset != start.offset) return finish(TokenKind::kWord, start);
  const auto rune = text_.substr(start.offset, decode_rune(text_.substr(start.offset)).size);
  return refuse(start, "unexpected input character " + quote_rune(rune));
}

}  // namespace modtool::gomod
