// The tokens of go.mod and go.work (go.dev/ref/mod#go-mod-file-lexical), in one pass and without copies.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace modtool::gomod {

// A place in the text. Lines count from 1.
struct Position {
  int line = 1;
  std::size_t offset = 0;  // bytes from the start of the text
};

// The column of a place, counted in runes from 1, as the go command counts.
int column_of(std::string_view text, Position position);

enum class TokenKind {
  kEnd,            // of the text; given again and again
  kNewline,        // "\n"
  kSuffixComment,  // "// …" behind something else; ends its line
  kComment,        // "// …" alone on its line; ends its line
  kWord,
  kString,       // with its quotes
  kPunctuation,  // one of ( ) [ ] { } ,
};

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::string_view text;  // into the lexed text; a comment without its line end
  Position start;

  bool ends_line() const {
    return kind == TokenKind::kEnd || kind == TokenKind::kNewline || kind == TokenKind::kSuffixComment;
  }
  bool is(char punctuation) const { return kind == TokenKind::kPunctuation && text[0] == punctuation; }
};

struct SyntaxProblem {
  Position position;
  std::string message;  // in Go's words
};

// Gives the tokens of a text one by one. The text must outlive the lexer and its tokens.
class Lexer {
 public:
  explicit Lexer(std::string_view text);

  const Token& peek() const { return next_; }
  Token take();
  // Where reading stands: behind the token that `peek` shows.
  Position position() const { return here_; }
  // After the first problem only kEnd follows.
  void fail(Position position, std::string message);
  const std::optional<SyntaxProblem>& problem() const { return problem_; }

 private:
  Token read();
  void skip_blanks();
  bool starts(std::string_view prefix) const { return text_.substr(here_.offset).starts_with(prefix); }
  Token read_comment();
  Token read_string(char quote);
  Token read_word();
  Token finish(TokenKind kind, Position start) const;
  Token refuse(Position position, std::string message);
  void skip_plain_word();
  std::size_t special_word_size() const;

  std::string_view text_;
  Position here_;
  bool at_line_start_ = true;
  Token next_;
  std::optional<SyntaxProblem> problem_;
};

}  // namespace modtool::gomod
