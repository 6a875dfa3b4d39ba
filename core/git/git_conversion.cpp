#include "core/git/git_conversion.hpp"

#include <algorithm>
#include <array>

#include "core/git/git_library.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kId = "$Id";

bool is_text(const GitConversion& conversion, std::string_view bytes) {
  if (conversion.text == GitConversion::Text::kNo) return false;
  return conversion.text == GitConversion::Text::kYes || !bytes.contains('\0');
}

// A line feed without a carriage return before it gets one.
std::string with_crlf(std::string_view bytes) {
  std::string converted;
  char before = '\0';
  for (const char c : bytes) {
    if (c == '\n' && before != '\r') converted += '\r';
    converted += c;
    before = c;
  }
  return converted;
}

// `$Id$` and `$Id: …$` within a line.
std::string with_id(std::string_view bytes, const std::string& id) {
  std::string expanded;
  for (auto at = bytes.find(kId); at != bytes.npos; at = bytes.find(kId)) {
    expanded += bytes.substr(0, at);
    bytes.remove_prefix(at);
    const auto end = bytes.find_first_of("$\n", kId.size());
    const bool is_keyword = end != bytes.npos && bytes[end] == '$' && (end == kId.size() || bytes[kId.size()] == ':');
    expanded += is_keyword ? "$Id: " + id + " $" : std::string(kId);
    bytes.remove_prefix(is_keyword ? end + 1 : kId.size());
  }
  return expanded + std::string(bytes);
}

}  // namespace

Result<GitConversion> read_git_conversion(const GitLibrary& git, git_repository* repository, const std::string& name,
                                          unsigned flags) {
  std::array<const char*, 5> names = {"text", "eol", "ident", "filter", "working-tree-encoding"};
  std::array<const char*, 5> values{};
  if (git.attr_get_many(values.data(), repository, flags, name.c_str(), names.size(), names.data()) != 0) {
    return fail(Code::kBadGitRepository, name + ": " + git.last_error());
  }
  const auto has_text = [&git](const char* value) { return git.attr_value(value) == GIT_ATTR_VALUE_STRING; };
  const auto& [text, eol, ident, filter, encoding] = values;
  GitConversion conversion{.wants_crlf = has_text(eol) && eol != nullptr && std::string_view(eol) == "crlf",
                           .expands_id = git.attr_value(ident) == GIT_ATTR_VALUE_TRUE,
                           .has_driver = has_text(filter) || has_text(encoding)};
  using enum GitConversion::Text;
  const bool is_binary = git.attr_value(text) == GIT_ATTR_VALUE_FALSE;
  const bool is_text = git.attr_value(text) == GIT_ATTR_VALUE_TRUE || has_text(eol);
  if (!is_binary && (is_text || has_text(text))) conversion.text = is_text && !has_text(text) ? kYes : kGuess;
  return conversion;
}

bool changes_in_a_clone(const GitConversion& conversion, std::string_view bytes) {
  if (conversion.has_driver || (conversion.expands_id && bytes.contains(kId))) return true;
  if (!is_text(conversion, bytes)) return false;
  const auto carriage_returns = std::ranges::count(bytes, '\r');
  return conversion.wants_crlf ? std::ranges::count(bytes, '\n') != carriage_returns : carriage_returns > 0;
}

std::string as_checked_out(const GitConversion& conversion, std::string bytes, const std::string& id) {
  if (conversion.expands_id) bytes = with_id(bytes, id);
  if (conversion.wants_crlf && is_text(conversion, bytes)) bytes = with_crlf(bytes);
  return bytes;
}

}  // namespace modtool::git
