#include "core/packages/import_scanner.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <array>

#include "core/base/printable.hpp"
#include "core/base/unquote.hpp"
#include "core/base/utf8.hpp"
#include "core/module/characters.hpp"
#include "core/packages/go_token.hpp"

namespace modtool::packages {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
constexpr std::uint32_t kByteOrderMarkRune = 0xFEFF;
constexpr std::string_view kNotGo = "@#$?\\";  // characters that begin no token

bool begins_no_token(std::string_view token) {
  if (token.empty()) return false;
  const auto rune = decode_rune(token).value;
  return rune < 0x80 ? kNotGo.contains(token[0]) : !module::is_letter(rune);
}

// What Go says of a string at the front of the text that does not end; empty where there is none.
std::string_view unfinished_literal(std::string_view text) {
  if (go_string_length(text) > 0) return {};
  if (text.starts_with('"')) return "string literal not terminated";
  return text.starts_with('`') ? "raw string literal not terminated" : "";
}

std::string illegal_character(std::string_view text) {
  const Rune rune = decode_rune(text);
  if (!rune.valid) return "illegal UTF-8 encoding";
  if (rune.value == kByteOrderMarkRune) return "illegal byte order mark";
  const std::string code = fmt::format("illegal character U+{:04X}", rune.value);
  return is_printable(rune.value) ? fmt::format("{} '{}'", code, text.substr(0, rune.size)) : code;
}

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
    // The go command looks at import paths only once the rest is found to be well-formed.
    if (!header_.problem) header_.problem = std::move(invalid_import_);
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
    if (!is_go_identifier(go_token_at(text_.substr(position_)))) note_expected("'IDENT'");
    header_.package_name = take_identifier();
    if (header_.package_name.empty()) stop();
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
    bool is_named = false;
    if (peek() == '.') {
      ++position_;
    } else if (const auto token = go_token_at(take_identifier()); !token.empty()) {
      is_named = is_go_identifier(token);
      if (!is_named) note(start, is_go_keyword(token) ? "missing import path" : "import path must be a string");
    }
    if (skip_space() && is_named && !stopped_) note(separator_, "missing import path");
    if (!stopped_) read_path(start);
  }

  void read_path(std::size_t start) {
    const auto rest = text_.substr(position_);
    const std::size_t length = go_string_length(rest);
    if (length == 0) return stop_at_broken_path(rest);
    const auto path = unquote(rest.substr(0, length));
    if (!path) {
      note(position_, "unknown escape sequence");
    } else {
      if (!is_valid_import(*path) && !invalid_import_)
        invalid_import_ = problem_at(start, "invalid import path: " + *path);
      header_.imports.push_back(*path);
    }
    position_ += length;
  }

  void stop_at_broken_path(std::string_view rest) {
    const bool is_literal = !rest.empty() && (is_word_byte(rest[0]) || rest[0] == '\'');
    const std::string_view unfinished = unfinished_literal(rest);
    stop(position_, std::string(!unfinished.empty() ? unfinished
                                : is_literal        ? "import path must be a string"
                                                    : "missing import path"));
  }

  bool at_end() const { return position_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }

  bool take_word(std::string_view word) {
    if (take_length() != word.size() || !text_.substr(position_).starts_with(word)) return false;
    position_ += word.size();
    return true;
  }

  // What the go command takes for one; a rune that is no letter is noted.
  std::string_view take_identifier() {
    const std::size_t start = position_;
    const auto name = text_.substr(position_, take_length());
    position_ += name.size();
    const auto token = go_token_at(name);
    if (begins_no_token(token)) note(start, illegal_character(token));
    if (token.size() < name.size()) note(start + token.size(), illegal_character(name.substr(token.size())));
    return name;
  }

  std::size_t take_length() const {
    std::size_t end = position_;
    while (end < text_.size() && is_word_byte(text_[end])) ++end;
    return end - position_;
  }

  // Skips blanks, semicolons and comments; whether a new statement may begin then. The first of what separates it from
  // the one before is at separator_.
  bool skip_space() {
    bool separated = false;
    while (!stopped_ && !at_end()) {
      const char c = peek();
      const std::size_t start = position_;
      bool separates = c == '\n' || c == ';';
      if (c == '/') {
        separates = skip_comment();
      } else if (std::string_view(" \f\t\r\n;").contains(c)) {
        ++position_;
      } else {
        return separated;
      }
      if (separates && !separated) separator_ = start;
      separated |= separates;
    }
    if (!separated) separator_ = position_;
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
    if (begins_no_token(token)) return note(position_, illegal_character(token));
    const auto unfinished = unfinished_literal(text_.substr(position_));
    if (!unfinished.empty()) return note(position_, std::string(unfinished));
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
    if (!header_.problem) header_.problem = problem_at(position, std::move(message));
  }

  Error problem_at(std::size_t position, std::string message) const {
    // Go takes the end of a file to lie on its last line, not behind its line end.
    const bool is_behind_last_line = position == text_.size() && text_.ends_with('\n');
    const auto before = text_.substr(0, position - (is_behind_last_line ? 1 : 0));
    const auto line = std::ranges::count(before, '\n') + 1;
    const auto column = position - (before.rfind('\n') + 1) + 1;
    return Error{.code = Code::kGoSourceSyntax, .message = std::move(message)}.at(
        {.line = static_cast<int>(line), .column = static_cast<int>(column)});
  }

  std::string_view text_;
  std::size_t position_ = 0;
  std::size_t separator_ = 0;
  bool stopped_ = false;
  std::optional<Error> invalid_import_;
  SourceHeader header_;
};

}  // namespace

Result<SourceHeader> scan_header(std::string_view source) { return HeaderReader(source).read(); }

}  // namespace modtool::packages
