#include "core/gomod/syntax.hpp"

#include <utility>

namespace modtool::gomod {
namespace {

Where place(std::string_view text, Position position, const FileName& file) {
  const int column = column_of(text, position);
  return {.file = file.shown, .line = position.line, .column = column > 1 ? column : 0};
}

constexpr std::size_t kUsualTokens = 4;  // of a line

class Parser {
 public:
  Parser(std::string_view text, const FileName& file) : text_(text), file_(file), lexer_(text) {}

  Result<std::vector<Statement>> parse() {
    while (lexer_.peek().kind != TokenKind::kEnd) take_top_level();
    close_comments();
    const auto& problem = lexer_.problem();
    if (!problem) return std::move(statements_);
    return fail(
        Error{.code = Code::kGoModSyntax, .message = problem->message}.at(place(text_, problem->position, file_)));
  }

 private:
  void take_top_level() {
    switch (lexer_.peek().kind) {
      case TokenKind::kNewline:
        lexer_.take();
        return close_comments();
      case TokenKind::kComment:
        comments_.push_back(lexer_.take().text);
        return;
      default:
        return take_statement();
    }
  }

  // A blank line parts comments from what follows.
  void close_comments() {
    if (comments_.empty()) return;
    statements_.emplace_back(CommentBlock{.comments = {.before = std::exchange(comments_, {}), .suffix = {}}});
  }

  void take_statement() {
    Line line{.comments = {.before = std::exchange(comments_, {}), .suffix = {}}, .tokens = {}, .start = {}};
    line.start = lexer_.peek().start;
    line.tokens.reserve(kUsualTokens);
    line.tokens.push_back(lexer_.take().text);
    for (;;) {
      const Token token = lexer_.take();
      if (token.ends_line()) {
        end_line(token, line.comments);
        statements_.emplace_back(std::move(line));
        return;
      }
      if (!token.is('(')) {
        line.tokens.push_back(token.text);
      } else if (take_block(line)) {
        return;
      }
    }
  }

  static void end_line(const Token& end, Comments& comments) {
    if (end.kind == TokenKind::kSuffixComment) comments.suffix.push_back(end.text);
  }

  // A parenthesis opens a block where nothing but its closing one follows on the line. False: it is a
  // word of the line like others, and is taken as that.
  bool take_block(Line& head) {
    if (!lexer_.peek().ends_line() && !lexer_.peek().is(')')) {
      head.tokens.emplace_back("(");
      return false;
    }
    Block block{.comments = head.comments, .tokens = head.tokens, .start = head.start};
    if (!lexer_.peek().is(')')) {
      take_lines(block);
      statements_.emplace_back(std::move(block));
      return true;
    }
    const Token closing = lexer_.take();
    if (lexer_.peek().ends_line()) {
      end_line(lexer_.take(), block.comments);
      statements_.emplace_back(std::move(block));
      return true;
    }
    head.tokens.insert(head.tokens.end(), {"(", closing.text});
    return false;
  }

  void take_lines(Block& block) {
    std::vector<Comment> before;
    for (;;) {
      const Token& next = lexer_.peek();
      if (next.kind == TokenKind::kSuffixComment) {
        block.opening.suffix.push_back(lexer_.take().text);
      } else if (next.kind == TokenKind::kNewline) {
        lexer_.take();
        const bool first = before.empty() && block.lines.empty();
        if (!first && (before.empty() || !before.back().empty())) before.emplace_back();
      } else if (next.kind == TokenKind::kComment) {
        before.push_back(lexer_.take().text);
      } else if (next.kind == TokenKind::kEnd) {
        return refuse_unterminated(block.start);
      } else if (next.is(')')) {
        return close_block(block, std::move(before));
      } else {
        block.lines.push_back(take_line(std::exchange(before, {})));
      }
    }
  }

  Line take_line(std::vector<Comment> before) {
    Line line{.comments = {.before = std::move(before), .suffix = {}}, .tokens = {}, .start = lexer_.peek().start};
    line.tokens.reserve(kUsualTokens);
    for (;;) {
      const Token token = lexer_.take();
      if (token.ends_line()) {
        end_line(token, line.comments);
        return line;
      }
      line.tokens.push_back(token.text);
    }
  }

  void close_block(Block& block, std::vector<Comment> before) {
    lexer_.take();
    // A blank line before the closing parenthesis is not kept.
    if (before.size() == 1 && before[0].empty()) before.clear();
    block.closing.before = std::move(before);
    if (!lexer_.peek().ends_line()) {
      return lexer_.fail(lexer_.position(), "syntax error (expected newline after closing paren)");
    }
    end_line(lexer_.take(), block.closing);
  }

  void refuse_unterminated(Position start) {
    lexer_.fail(lexer_.position(), "syntax error (unterminated block started at " + file_.whole() + ":" +
                                       std::to_string(start.line) + ":" + std::to_string(column_of(text_, start)) +
                                       ")");
  }

  std::string_view text_;
  const FileName& file_;
  Lexer lexer_;
  std::vector<Statement> statements_;
  std::vector<Comment> comments_;  // read, and not yet known what they belong to
};

}  // namespace

std::string_view SyntaxTree::keep(std::string text) {
  texts_.push_back(std::make_shared<const std::string>(std::move(text)));
  return *texts_.back();
}

Result<SyntaxTree> parse_syntax(std::string_view text, const FileName& file) {
  SyntaxTree tree;
  const auto kept = tree.keep(std::string(text));
  MODTOOL_TRY(tree.statements, Parser(kept, file).parse());
  return tree;
}

Where where_of(const SyntaxTree& tree, Position position, const FileName& file) {
  return place(tree.source(), position, file);
}

}  // namespace modtool::gomod
