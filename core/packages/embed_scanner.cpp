#include "core/packages/embed_scanner.hpp"

#include <algorithm>
#include <optional>

#include "core/base/unquote.hpp"
#include "core/packages/go_token.hpp"

namespace modtool::packages {
namespace {

constexpr std::string_view kDirective = "//go:embed";

std::size_t blanks_at(std::string_view text) { return std::min(text.find_first_not_of(kGoBlanks), text.size()); }

// The next argument, taken off the front of the text: bare or a string literal.
std::optional<std::string> take_argument(std::string_view& text) {
  const bool is_quoted = text[0] == '"' || text[0] == '`';
  const std::size_t length = is_quoted ? go_string_length(text) : std::min(text.find_first_of(kGoBlanks), text.size());
  const auto argument = text.substr(0, length);
  text.remove_prefix(length);
  if (!is_quoted) return std::string(argument);
  if (length == 0 || (!text.empty() && !kGoBlanks.contains(text[0]))) return std::nullopt;
  return unquote(argument);
}

// The arguments of a directive; empty where one of them is broken.
std::vector<std::string> parse_arguments(std::string_view text) {
  std::vector<std::string> arguments;
  for (; !text.empty(); text.remove_prefix(blanks_at(text))) {
    auto argument = take_argument(text);
    if (!argument) return {};
    arguments.push_back(std::move(*argument));
  }
  return arguments;
}

std::size_t comment_length(std::string_view text) {
  if (text.starts_with("//")) return std::min(text.find('\n'), text.size());
  if (!text.starts_with("/*")) return 1;
  const auto end = text.find("*/", 2);
  return end == std::string_view::npos ? text.size() : end + 2;
}

// The bytes of the literal or comment at the front; an unfinished string ends with its line.
std::size_t span_length(std::string_view text) {
  if (text[0] == '/') return comment_length(text);
  if (text[0] == '\'') return go_rune_length(text);
  if (const std::size_t length = go_string_length(text); length > 0) return length;
  return text[0] == '`' ? text.size() : std::min(text.find('\n'), text.size());
}

}  // namespace

std::vector<std::string> scan_embed_patterns(std::string_view source) {
  std::vector<std::string> patterns;
  if (!source.contains(kDirective)) return patterns;
  for (auto at = source.find_first_of("/\"'`"); at != std::string_view::npos; at = source.find_first_of("/\"'`")) {
    source.remove_prefix(at);
    const auto span = source.substr(0, span_length(source));
    if (const auto arguments = go_directive(span, kDirective)) {
      std::ranges::move(parse_arguments(*arguments), std::back_inserter(patterns));
    }
    source.remove_prefix(span.size());
  }
  return patterns;
}

}  // namespace modtool::packages
