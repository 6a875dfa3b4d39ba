#include "core/build/cmake/cmake_text.hpp"

#include <algorithm>

#include "core/base/text.hpp"

namespace modtool::build {
namespace {

std::size_t longest_run(std::string_view text, char wanted) {
  std::size_t longest = 0;
  std::size_t run = 0;
  for (const char c : text) {
    run = c == wanted ? run + 1 : 0;
    longest = std::max(longest, run);
  }
  return longest;
}

}  // namespace

std::string cmake_argument(std::string_view text) {
  // With more equals signs than the text has in a row, no part of it ends the argument.
  const std::string equals(longest_run(text, '=') + 1, '=');
  std::string argument = "[" + equals + "[";
  if (text.starts_with('\n') || text.starts_with("\r\n")) argument += '\n';  // CMake drops a first line feed
  return argument.append(text) + "]" + equals + "]";
}

std::string without_comments(std::string_view text) {
  std::string code;
  for (const auto line : split_lines(text)) code.append(line.substr(0, line.find('#'))) += '\n';
  return code;
}

}  // namespace modtool::build
