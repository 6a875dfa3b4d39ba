#include "core/build/meson/meson_text.hpp"

#include <algorithm>
#include <span>

#include "core/base/ascii.hpp"

namespace modtool::build {
namespace {

enum class Kind { kWord, kString, kSign };

struct Token {
  Kind kind = Kind::kSign;
  std::string text;
};

bool is_word_character(char c) { return is_ascii_alphanumeric(c) || c == '_'; }

class Lexer {
 public:
  explicit Lexer(std::string_view text) : left_(text) {}

  std::vector<Token> tokens() {
    std::vector<Token> found;
    while (skip_blanks(), !left_.empty()) found.push_back(next());
    return found;
  }

 private:
  void skip_blanks() {
    for (;;) {
      left_.remove_prefix(std::min(left_.find_first_not_of(" \t\r\n"), left_.size()));
      if (!left_.starts_with('#')) return;
      left_.remove_prefix(std::min(left_.find('\n'), left_.size()));
    }
  }

  Token next() {
    constexpr std::string_view kLong = "'''";
    if (left_.starts_with(kLong)) return {Kind::kString, take_long_string(kLong)};
    if (left_.starts_with('\'')) return {Kind::kString, take_string()};
    const auto end = std::ranges::find_if_not(left_, is_word_character);
    const auto size = static_cast<std::size_t>(end - left_.begin());
    if (size > 0) return {Kind::kWord, take(size)};
    const bool is_comparison = left_.starts_with("==");  // and no assignment
    return {Kind::kSign, take(is_comparison ? 2 : 1)};
  }

  std::string take(std::size_t size) {
    std::string taken(left_.substr(0, size));
    left_.remove_prefix(taken.size());
    return taken;
  }

  std::string take_long_string(std::string_view quotes) {
    left_.remove_prefix(quotes.size());
    std::string taken = take(std::min(left_.find(quotes), left_.size()));
    left_.remove_prefix(std::min(quotes.size(), left_.size()));
    return taken;
  }

  // A backslash before anything but a quote or a backslash stays, which no name of ours has.
  std::string take_string() {
    std::string taken;
    left_.remove_prefix(1);
    while (!left_.empty() && left_[0] != '\'') {
      const bool is_escape = left_[0] == '\\' && left_.size() > 1 && (left_[1] == '\'' || left_[1] == '\\');
      if (is_escape) left_.remove_prefix(1);
      taken += left_[0];
      left_.remove_prefix(1);
    }
    if (!left_.empty()) left_.remove_prefix(1);
    return taken;
  }

  std::string_view left_;
};

// `word sign 'string'`, or nullptr.
const std::string* string_behind(std::span<const Token> tokens, std::string_view word, std::string_view sign) {
  if (tokens.size() < 3 || tokens[0].kind != Kind::kWord || tokens[0].text != word) return nullptr;
  return tokens[1].text == sign && tokens[2].kind == Kind::kString ? &tokens[2].text : nullptr;
}

}  // namespace

MesonFile read_meson_file(std::string_view text) {
  MesonFile file{.subprojects_directory = "subprojects"};
  const auto tokens = Lexer(text).tokens();
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const auto here = std::span(tokens).subspan(i);
    if (const auto* name = string_behind(here, "project", "("); name != nullptr && file.project.empty()) {
      file.project = *name;
    }
    if (const auto* directory = string_behind(here, "subproject_dir", ":")) file.subprojects_directory = *directory;
    if (const auto* name = string_behind(here, "override_dependency", "(")) file.overrides.push_back(*name);
    if (const auto* name = string_behind(here, "subdir", "(")) file.subdirs.push_back(*name);
    if (const auto* name = string_behind(here, "filebase", ":")) file.pc_files.push_back(*name);
    for (const std::string_view kind : {"library", "static_library", "shared_library", "both_libraries"}) {
      if (const auto* name = string_behind(here, kind, "(")) file.libraries.push_back(*name);
    }
    const bool is_assigned = here[0].kind == Kind::kWord && here.size() > 1 && here[1].text == "=";
    if (is_assigned) file.variables.push_back(here[0].text);
  }
  return file;
}

std::string meson_string(std::string_view text) {
  std::string result = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') result += '\\';
    result += c;
  }
  return result + "'";
}

}  // namespace modtool::build
