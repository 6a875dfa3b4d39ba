#include "core/native/lock_lines.hpp"

namespace modtool::native {
namespace {

constexpr std::string_view kRoot = "{\"root\":";

// Takes the next line off the front, without its line feed; nothing where there is no line feed.
std::optional<std::string_view> take_line(std::string_view& text) {
  const auto end = text.find('\n');
  if (end == text.npos) return std::nullopt;
  const auto line = text.substr(0, end);
  text.remove_prefix(end + 1);
  return line;
}

}  // namespace

static_assert(kLockHead.size() == kLockHead2.size());

// In a string the quotes would be escaped.
bool needs_format_2(std::string_view line) { return line.contains(",\"omit\":[") || line.contains(",\"strip\":false"); }

std::optional<LockLines> cut_lock(std::string_view text) {
  LockLines lines;
  if (text.empty()) return lines;
  if (!text.starts_with(kLockHead) && !text.starts_with(kLockHead2)) return std::nullopt;
  text.remove_prefix(kLockHead.size());
  while (text != kLockTail) {
    auto line = take_line(text);
    if (!line || !line->starts_with(",{")) return std::nullopt;
    line->remove_prefix(1);
    if (!line->starts_with(kRoot)) {
      lines.modules.push_back(*line);
    } else if (lines.modules.empty()) {
      lines.roots.push_back(*line);
    } else {
      return std::nullopt;
    }
  }
  return lines;
}

}  // namespace modtool::native
