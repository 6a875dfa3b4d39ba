#include "core/module/go_line.hpp"

#include "core/base/ascii.hpp"

namespace modtool::module {
namespace {

// Takes a run of such characters off the front and returns it.
std::string_view take_run(std::string_view& text, bool (*matches)(char)) {
  std::size_t size = 0;
  while (size < text.size() && matches(text[size])) ++size;
  const auto run = text.substr(0, size);
  text.remove_prefix(size);
  return run;
}

bool take_number(std::string_view& text) {
  const auto digits = take_run(text, is_digit);
  return !digits.empty() && (digits.size() == 1 || digits[0] != '0');
}

bool take_dot(std::string_view& text) {
  if (!text.starts_with('.')) return false;
  text.remove_prefix(1);
  return true;
}

bool take_language_version(std::string_view& text) {
  return !text.starts_with('0') && take_number(text) && take_dot(text) && take_number(text);
}

}  // namespace

bool is_go_line(std::string_view version) {
  auto rest = version;
  if (!take_language_version(rest)) return false;
  if (take_dot(rest) && !take_number(rest)) return false;
  if (rest.empty()) return true;
  return !take_run(rest, is_lower).empty() && !take_run(rest, is_digit).empty() && rest.empty();
}

std::string_view repair_go_line(std::string_view version) {
  if (version.starts_with('v')) version.remove_prefix(1);
  auto rest = version;
  if (!take_language_version(rest) || rest.empty()) return {};
  return version.substr(0, version.size() - rest.size());
}

}  // namespace modtool::module
