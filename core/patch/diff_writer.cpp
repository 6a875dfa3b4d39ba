#include "core/patch/diff_writer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/patch/line_diff.hpp"

namespace modtool::patch {
namespace {

constexpr std::size_t kContext = 3;  // lines around a change

struct DiffLine {
  char sign = ' ';
  std::string_view text;
};

// Removed lines before added ones, wherever lines change.
void order_changes(std::vector<DiffLine>& lines) {
  for (auto begin = lines.begin(); begin != lines.end();) {
    begin = std::find_if(begin, lines.end(), [](const DiffLine& line) { return line.sign != ' '; });
    const auto end = std::find_if(begin, lines.end(), [](const DiffLine& line) { return line.sign == ' '; });
    std::stable_partition(begin, end, [](const DiffLine& line) { return line.sign == '-'; });
    begin = end;
  }
}

// All lines of both texts.
std::vector<DiffLine> merge_lines(std::string_view before, std::string_view after) {
  std::vector<DiffLine> lines;
  const auto now = split(after, '\n');
  std::size_t taken = 0;
  for (const auto& difference : patch::diff_lines(before, after)) {
    const auto line = static_cast<std::size_t>(difference.line) - 1;
    for (; taken < line && taken < now.size(); ++taken) lines.push_back({' ', now[taken]});
    if (!difference.is_unexpected) lines.push_back({'-', difference.expected});
    if (!difference.is_absent) lines.push_back({'+', difference.actual});
    if (!difference.is_absent) ++taken;
  }
  for (; taken < now.size(); ++taken) lines.push_back({' ', now[taken]});
  if (!lines.empty() && lines.back().text.empty() && lines.back().sign == ' ') lines.pop_back();  // behind the last end
  order_changes(lines);
  return lines;
}

struct Hunk {
  std::size_t begin = 0;  // lines
  std::size_t end = 0;
};

std::vector<Hunk> find_hunks(const std::vector<DiffLine>& lines) {
  std::vector<Hunk> hunks;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (lines[i].sign == ' ') continue;
    const std::size_t begin = i < kContext ? 0 : i - kContext;
    const std::size_t end = std::min(i + kContext + 1, lines.size());
    if (!hunks.empty() && begin <= hunks.back().end) {
      hunks.back().end = end;
    } else {
      hunks.push_back({begin, end});
    }
  }
  return hunks;
}

std::size_t count_without(const std::vector<DiffLine>& lines, std::size_t begin, std::size_t end, char sign) {
  const auto at = [&](std::size_t i) { return lines.begin() + static_cast<std::ptrdiff_t>(i); };
  return static_cast<std::size_t>(
      std::count_if(at(begin), at(end), [&](const DiffLine& line) { return line.sign != sign; }));
}

}  // namespace

std::string unified_diff(std::string_view name, std::string_view before, std::string_view after) {
  const auto lines = merge_lines(before, after);
  std::string text;
  for (const auto& [begin, end] : find_hunks(lines)) {
    if (text.empty()) text = fmt::format("--- {}\n+++ {}\n", name, name);
    text += fmt::format("@@ -{},{} +{},{} @@\n", count_without(lines, 0, begin, '+') + 1,
                        count_without(lines, begin, end, '+'), count_without(lines, 0, begin, '-') + 1,
                        count_without(lines, begin, end, '-'));
    for (std::size_t i = begin; i < end; ++i) {
      auto line = lines[i].text;
      if (line.ends_with('\r')) line.remove_suffix(1);
      text += fmt::format("{}{}\n", lines[i].sign, line);
    }
  }
  return text;
}

}  // namespace modtool::patch
