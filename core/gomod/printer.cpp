#include "core/gomod/printer.hpp"

#include "core/gomod/quoting.hpp"

namespace modtool::gomod {
namespace {

bool binds_left(std::string_view token) { return token == "," || token == ")" || token == "]" || token == "}"; }
bool binds_right(std::string_view token) { return token == "(" || token == "[" || token == "{"; }

class Printer {
 public:
  std::string print(const SyntaxTree& tree) {
    for (const auto& statement : tree.statements) {
      std::visit([this](const auto& node) { print_node(node); }, statement);
      if (!std::holds_alternative<CommentBlock>(statement)) end_line();
      if (&statement != &tree.statements.back()) end_line();
    }
    while (text_.ends_with("\n\n") || text_ == "\n") text_.pop_back();
    return std::move(text_);
  }

 private:
  void print_node(const CommentBlock& block) { print_before(block.comments); }

  void print_node(const Line& line) {
    print_before(line.comments);
    print_tokens(line.tokens);
    queue_suffix(line.comments);
  }

  void print_node(const Block& block) {
    print_before(block.comments);
    print_tokens(block.tokens);
    text_ += " (";
    queue_suffix(block.opening);
    indented_ = true;
    for (const auto& line : block.lines) {
      end_line();
      print_node(line);
    }
    indented_ = false;
    end_line();
    print_before(block.closing);
    text_ += ")";
    queue_suffix(block.closing);
    queue_suffix(block.comments);
  }

  void print_tokens(const std::vector<std::string_view>& tokens) {
    bool apart = false;
    for (const auto token : tokens) {
      if (apart && !binds_left(token)) text_ += " ";
      text_ += token;
      apart = !binds_right(token);
    }
  }

  // Whole-line comments stand at the margin, on lines of their own.
  void print_before(const Comments& comments) {
    if (comments.before.empty()) return;
    trim_line();
    if (!text_.empty() && text_.back() != '\n') text_ += "\n";
    print_margin();
    for (const auto comment : comments.before) {
      text_ += trim_space(comment);
      end_line();
    }
  }

  void queue_suffix(const Comments& comments) {
    pending_.insert(pending_.end(), comments.suffix.begin(), comments.suffix.end());
  }

  // Ends the line with the comments that wait for its end, and begins the next; blank lines never follow each other.
  void end_line() {
    print_pending();
    trim_line();
    if (!text_.empty() && !text_.ends_with("\n\n")) text_ += "\n";
    print_margin();
  }

  void print_pending() {
    for (const auto& comment : pending_) {
      if (&comment == pending_.data()) {
        text_ += " ";
      } else {
        trim_line();
        text_ += "\n";
        print_margin();
      }
      text_ += trim_space(comment);
    }
    pending_.clear();
  }

  void print_margin() {
    if (indented_) text_ += "\t";
  }

  void trim_line() {
    while (!text_.empty() && (text_.back() == ' ' || text_.back() == '\t')) text_.pop_back();
  }

  std::string text_;
  std::vector<Comment> pending_;
  bool indented_ = false;
};

}  // namespace

std::string format(const SyntaxTree& tree) { return Printer().print(tree); }

}  // namespace modtool::gomod
