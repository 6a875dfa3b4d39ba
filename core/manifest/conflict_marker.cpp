#include "core/manifest/conflict_marker.hpp"

#include <fmt/format.h>

#include "core/base/text.hpp"
#include "core/manifest/merge.hpp"

namespace modtool::manifest {
namespace {

constexpr std::size_t kMarkSize = 7;
constexpr std::string_view kMarks = "<|=>";

}  // namespace

bool is_conflict_marker(std::string_view line) {
  if (line.size() < kMarkSize || kMarks.find(line[0]) == std::string_view::npos) return false;
  if (line.substr(0, kMarkSize).find_first_not_of(line[0]) != std::string_view::npos) return false;
  return line.size() == kMarkSize || line[kMarkSize] == ' ' || line[kMarkSize] == '\r';
}

Result<void> check_no_conflict(std::string_view text, const std::string& file) {
  int number = 0;
  for (const auto line : split_lines(text)) {
    ++number;
    if (!is_conflict_marker(line)) continue;
    return fail(Error{.code = Code::kConflictMarker, .message = "the file holds a merge conflict"}.at(
        {.file = file, .line = number}));
  }
  return {};
}

Fix conflict_fix(std::string_view text, std::string_view path) {
  if (text.contains(fmt::format("{}\n", kOurMark))) return {};
  return Fix::modtool("merge-driver", {"install"})
      .then(Fix::command({"git", "checkout", "--merge", "--", std::string(path)}));
}

}  // namespace modtool::manifest
