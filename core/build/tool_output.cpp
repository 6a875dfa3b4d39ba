#include "core/build/tool_output.hpp"

#include <algorithm>

namespace modtool::build {

void LineReader::see(std::string_view bytes, const std::function<void(std::string_view)>& take) {
  constexpr std::size_t kLongest = 64UL * 1024;
  for (const char c : bytes) {
    if (c != '\n' && line_.size() < kLongest) line_ += c;
    if (c != '\n') continue;
    take(line_);
    line_.clear();
  }
}

// Of ninja only its first output counts (behind "[code=1] ", with newer ones), since the line about build.ninja itself
// names files of every library.
std::string_view failed_target(std::string_view line) {
  constexpr std::string_view kNinja = "FAILED: ";
  constexpr std::string_view kPlain = "\033[0m";  // ends the red, on a terminal
  if (const auto at = line.find(kNinja); at != line.npos) {
    line.remove_prefix(at + kNinja.size());
    if (line.starts_with(kPlain)) line.remove_prefix(kPlain.size());
    if (line.starts_with("[code=")) line.remove_prefix(std::min(line.find(' ') + 1, line.size()));
    return line.substr(0, line.find(' '));
  }
  const auto at = line.find("*** [");
  return at == line.npos ? std::string_view() : line.substr(at);
}

}  // namespace modtool::build
