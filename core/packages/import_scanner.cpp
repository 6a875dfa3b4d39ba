#include "core/packages/import_scanner.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/base/utf8.hpp"
#include "core/module/characters.hpp"
#include "core/packages/go_string.hpp"
#include "core/packages/go_token.hpp"

namespace modtool::packages {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::string_view kNotGo = "@#$?\\";  // characters that begin no token

// What an import path may not hold beside what cannot be seen.
bool is_valid_import(std::string_view path) {
  constexpr std::string_view kIllegal = "!\"#$%&'()*,:;<=>?[\\]^{|}`";
  if (path.empty() || !is_valid_utf8(path) || path.contains("\uFFFD")) return false;
  return std::ranges::none_of(
      path, [&](const char c) { return static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || kIllegal.contains(c); });
}

// Reads as the go command does, which takes much that is not Go, and notes the first thing that is not.
class HeaderReader {
 public:
  explicit HeaderReader(std::string_view source) : text_(source) {
    if (text_.starts_with(kByteOrderMark)) text_.remove_prefix(kByteOrderMark.size());
  }

  Result<SourceHeader> read() {
    read_package_clause();
    bool separated = skip_space();
    while (!stopped_ && peek() == 'i') {
      if (!separated) note_expected("';'");
      read_import_declaration();
      separated = skip_space();
    }
    header_.text = stopped_ ? text_ : text_.substr(0, position_);
    if (header_.text.contains('\0') || text_.substr(position_).starts_with('\0'))
      return fail(Code::kGoSourceSyntax, "unexpected NUL in input");
    return std::move(header_);
  }

 private:
  void read_package_clause() {
    skip_space();
    if (!take_word("package")) return stop_expected("'package'");
    skip_space();
    const auto name = go_token_at(text_.substr(position_));
    if (!is_go_identifier(name)) note_expected("'IDENT'");
    if (take_identifier().empty()) return stop();
    header_.package_name = name;
  }

  void read_import_declaration() {
    if (!take_word("import")) return stop();
    skip_space();
    if (peek() != '(') return read_spec();
    ++position_;
    skip_space();
    while (!stopped_ && peek() != ')') read_grouped_spec();
    if (!stopped_) ++position_;
  }

  void read_grouped_spec() {
    if (at_end()) return stop_expected("')'");
    read_spec();
    const bool separated = skip_space();
    if (!stopped_ && !separated && peek() != ')') note_expected("';'");
  }

  void read_spec() {
    const std::size_t start = position_;
    if (peek() == '.') {
      ++position_;
    } else if (const auto name = take_identifier(); !name.empty() && !is_go_identifier(name)) {
      note(start, is_go_keyword(name) ? "missing import path" : "import path must be a string");
    }
    skip_space();
    if (!stopped_) read_path(start);
  }

  void read_path(std::size_t start) {
    const auto rest = text_.substr(position_);
    const std::size_t length = go_string_length(rest);
    if (length == 0) return stop_at_broken_path(rest);
    const auto path = unquote_go_string(rest.substr(0, length));
    if (!path) {
      note(position_, "unknown escape sequence");
    } else {
      if (!is_valid_import(*path)) note(start, "invalid import path: " + *path);
      header_.imports.push_back(*path);
    }
    position_ += length;
  }

  void stop_at_broken_path(std::string_view rest) {
    if (rest.starts_with('"')) return stop(position_, "string literal not terminated");
    if (rest.starts_with('`')) return stop(position_, "raw string literal not terminated");
    const bool is_literal = !rest.empty() && (is_word_byte(rest[0]) || rest[0] == '\'');
    stop(position_, is_literal ? "import path must be a string" : "missing import path");
  }

  bool at_end() const { return position_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }

  bool take_word(std::string_view word) {
    if (take_length() != word.size() || !text_.substr(position_).starts_with(word)) return false;
    position_ += word.size();
    return true;
  }

  std::string_view take_identifier() {
    const auto name = text_.substr(position_, take_length());
    position_ += name.size();
    return name;
  }

  std::size_t take_length() const {
    std::size_t end = position_;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    return end - position_;
  }

  // Skips blanks, semicolons and comments; whether a new statement may begin then.
  bool skip_space() {
    bool separated = false;
    while (!stopped_ && !at_end()) {
      const char c = peek();
      if (c == '/') {
        separated |= skip_comment();
      } else if (std::string_view(" \f\t\r\n;").contains(c)) {
        separated |= c == '\n' || c == ';';
        ++position_;
      } else {
        return separated;
      }
    }
    return true;
  }

  // Whether the comment ends its line.
  bool skip_comment() {
    const auto rest = text_.substr(position_);
    if (rest.starts_with("//")) {
      position_ += std::min(rest.find('\n'), rest.size());
      return false;
    }
    if (!rest.starts_with("/*")) {
      stop();
      return false;
    }
    const auto end = rest.find("*/", 2);
    if (end == std::string_view::npos) {
      stop(position_, "comment not terminated");
      return false;
    }
    position_ += end + 2;
    return rest.substr(0, end).contains('\n');
  }

  void stop_expected(std::string_view what) {
    note_expected(what);
    stop();
  }

  // Notes that the next token is not the one that must stand here.
  void note_expected(std::string_view what) {
    const auto token = go_token_at(text_.substr(position_));
    if (token.size() == 1 && kNotGo.contains(token[0])) {
      return note(position_, fmt::format("illegal character U+{:04X} '{}'", static_cast<unsigned>(token[0]), token));
    }
    note(position_, fmt::format("expected {}, found {}", what, name_of(token)));
  }

  // How Go's parser names a token that it did not expect.
  static std::string name_of(std::string_view token) {
    if (token.empty()) return "'EOF'";
    const bool is_literal = is_word_byte(token[0]) || token[0] == '"' || token[0] == '`' || token[0] == '\'';
    return is_literal && !is_go_keyword(token) ? std::string(token) : fmt::format("'{}'", token);
  }

  void stop() { stopped_ = true; }
  void stop(std::size_t position, std::string message) {
    note(position, std::move(message));
    stop();
  }

  void note(std::size_t position, std::string message) {
    if (header_.problem) return;
    const auto before = text_.substr(0, position);
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto column = position - (before.rfind('\n') + 1) + 1;
    header_.problem = Error{.code = Code::kGoSourceSyntax, .message = std::move(message)}.at(
        {.line = static_cast<int>(line), .column = static_cast<int>(column)});
  }

  std::string_view text_;
  std::size_t position_ = 0;
  bool stopped_ = false;
  SourceHeader header_;
};

}  // namespace

Result<SourceHeader> scan_header(std::string_view source) { return HeaderReader(source).read(); }

}  // namespace modtool::packages
