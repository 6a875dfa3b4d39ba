#include "core/gomod/lexer.hpp"

#include <array>
#include <cstdint>
#include <utility>

#include "core/base/printable.hpp"
#include "core/base/text.hpp"
#include "core/base/utf8.hpp"

namespace modtool::gomod {
namespace {

constexpr std::string_view kBrackets = "()[]{},";
constexpr std::string_view kBlockComment = "mod files must use // comments (not /* */ comments)";

// What a byte may be part of; this is the inner loop of reading a file.
enum class ByteClass : std::uint8_t { kWord, kSlash, kPunctuation, kBlank, kOther };

constexpr std::array<ByteClass, 256> make_byte_classes() {
  std::array<ByteClass, 256> classes{};
  for (std::size_t byte = 0; byte < classes.size(); ++byte) {
    classes[byte] = byte > ' ' && byte < 0x7F ? ByteClass::kWord : ByteClass::kOther;
  }
  for (const char c : kBrackets) classes[static_cast<unsigned char>(c)] = ByteClass::kPunctuation;
  for (const char c : {' ', '\t', '\r'}) classes[static_cast<unsigned char>(c)] = ByteClass::kBlank;
  classes['/'] = ByteClass::kSlash;
  return classes;
}

constexpr auto kByteClasses = make_byte_classes();

ByteClass class_of(char c) { return kByteClasses[static_cast<unsigned char>(c)]; }

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
  while (here_.offset < text_.size() && class_of(text_[here_.offset]) == ByteClass::kBlank) ++here_.offset;
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
  if (class_of(c) == ByteClass::kPunctuation) {
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

void Lexer::skip_plain_word() {
  while (here_.offset < text_.size() && class_of(text_[here_.offset]) == ByteClass::kWord) ++here_.offset;
}

// The bytes of what stands here, if it is no plain byte and may be part of a word all the same; otherwise 0.
std::size_t Lexer::special_word_size() const {
  if (here_.offset == text_.size()) return 0;
  if (class_of(text_[here_.offset]) == ByteClass::kSlash) return starts("//") ? 0 : 1;
  const Rune rune = decode_rune(text_.substr(here_.offset));
  return rune.value >= 0x80 && is_printable(rune.value) ? rune.size : 0;
}

Token Lexer::read_word() {
  const Position start = here_;
  skip_plain_word();
  while (const std::size_t size = special_word_size()) {
    if (starts("/*")) return refuse(here_, std::string(kBlockComment));
    here_.offset += size;
    skip_plain_word();
  }
  if (here_.offset != start.offset) return finish(TokenKind::kWord, start);
  const auto rune = text_.substr(start.offset, decode_rune(text_.substr(start.offset)).size);
  return refuse(start, "unexpected input character " + quote_rune(rune));
}

}  // namespace modtool::gomod
