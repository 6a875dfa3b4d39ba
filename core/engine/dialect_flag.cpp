#include "core/engine/dialect_flag.hpp"

#include <algorithm>

namespace modtool::engine {
namespace {

constexpr std::string_view kProgram = "modtool ";

bool is_verb_byte(char c) { return (c >= 'a' && c <= 'z') || c == '-'; }

// The drop-in face is about one dialect, and has no such flag.
bool takes_flag(std::string_view verb, std::string_view rest) {
  return !verb.empty() && verb.front() != '-' && verb != "mod" && !rest.starts_with(" --dialect");
}

}  // namespace

std::string with_dialect(std::string_view text, const std::string& dialect) {
  std::string result;
  while (!dialect.empty()) {
    const auto at = text.find(kProgram);
    if (at == text.npos) break;
    const auto begin = at + kProgram.size();
    const auto end = static_cast<std::size_t>(std::ranges::find_if_not(text.substr(begin), is_verb_byte) -
                                              text.substr(begin).begin()) +
                     begin;
    result += text.substr(0, end);
    if (takes_flag(text.substr(begin, end - begin), text.substr(end))) result += " --dialect=" + dialect;
    text.remove_prefix(end);
  }
  return result.append(text);
}

}  // namespace modtool::engine
