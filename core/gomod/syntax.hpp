// The syntax tree of go.mod and go.work: lines and blocks with their comments, in order, so that a file can be edited
// and written again with everything that was not touched in its place (go.dev/ref/mod#go-mod-file).
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/result.hpp"
#include "core/gomod/lexer.hpp"
#include "core/manifest/file_name.hpp"

namespace modtool::gomod {

// A comment with its "//"; an empty one is a blank line between the lines of a block.
using Comment = std::string_view;

struct Comments {
  std::vector<Comment> before;  // whole lines
  std::vector<Comment> suffix;  // at the end of the line
};

// Comments that stand alone, with blank lines around them.
struct CommentBlock {
  Comments comments;
};

struct Line {
  Comments comments;
  std::vector<std::string_view> tokens;  // never empty; inside a block without the block's own
  Position start;
};

// "require (", lines, ")".
struct Block {
  Comments comments;
  std::vector<std::string_view> tokens;  // before the parenthesis; never empty
  Position start;
  Comments opening;  // a suffix of "("
  std::vector<Line> lines;
  Comments closing;  // before and behind ")"
};

using Statement = std::variant<CommentBlock, Line, Block>;

// Tokens and comments are views into texts that the tree and its copies share.
class SyntaxTree {
 public:
  std::vector<Statement> statements;

  // The text that was parsed, byte for byte.
  std::string_view source() const { return texts_.empty() ? std::string_view() : std::string_view(*texts_.front()); }
  // Makes a text live as long as the tree, for use as a token or comment.
  std::string_view keep(std::string text);

 private:
  std::vector<std::shared_ptr<const std::string>> texts_;
};

using manifest::FileName;

// Of problems that are not words of a line, Go tells the first only (Code::kGoModSyntax, with its place).
Result<SyntaxTree> parse_syntax(std::string_view text, const FileName& file);

// The place of a line as Go tells it: the column counts runes, and is left out at the start of a line.
Where where_of(const SyntaxTree& tree, Position position, const FileName& file);

}  // namespace modtool::gomod
