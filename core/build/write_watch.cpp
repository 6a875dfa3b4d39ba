#include "core/build/write_watch.hpp"

#include <algorithm>

#include "core/base/text.hpp"
#include "core/build/names.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {
namespace {

// The words of the system, and those of CMake and its tools where they leave them out.
constexpr std::string_view kRefusals[] = {
    "Permission denied",          "Read-only file system", "Could not open file for write",
    "failed to open for writing", "Error copying ",        "Error renaming "};

bool tells_of_refusal(std::string_view text) {
  return std::ranges::any_of(kRefusals, [&](std::string_view words) { return text.contains(words); });
}

// Whether the text names the directory, or what is in it.
bool names(std::string_view text, const std::string& directory) {
  for (auto at = text.find(directory); at != text.npos; at = text.find(directory, at + 1)) {
    const auto end = at + directory.size();
    if (end == text.size() || !is_name_character(text[end])) return true;
  }
  return false;
}

}  // namespace

void WriteWatch::see(std::string_view bytes) {
  if (left_ > 0) lines_.see(bytes, [this](std::string_view line) { see_line(line); });
}

void WriteWatch::see_line(std::string_view line) {
  constexpr std::size_t kMost = 4096;  // of the lines in front
  if (left_ == 0) return;
  around_ += ' ';
  around_ += trim(line);
  if (was_refused() || tells_of_refusal(around_)) {
    --left_;
    return;
  }
  if (around_.size() > kMost) around_.erase(0, around_.size() - kMost);
}

const PlannedModule* WriteWatch::find_module(const BuildPlan& plan, const std::string& root) const {
  const PlannedModule* found = nullptr;
  for (const auto& module : plan.modules) {
    const auto& written = module.directory;
    const std::string directory = io::is_absolute(written) ? written : io::join_path(root, written);
    if (names(around_, directory) && (found == nullptr || written.size() > found->directory.size())) found = &module;
  }
  return found;
}

}  // namespace modtool::build
