#include "core/source/tree_entries.hpp"

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/module/path.hpp"

namespace modtool::source {
namespace {

constexpr int kMaxLinks = 40;  // followed for one name, as Linux does

// Walks a path element by element; links on the way are walked in their place.
class LinkWalk {
 public:
  explicit LinkWalk(const TreeEntries& entries) : entries_(entries) {}

  std::optional<std::string> run(std::string_view name) {
    if (!walk(name)) return std::nullopt;
    return join(place_, "/");
  }

 private:
  bool walk(std::string_view path) {
    if (path.empty() || path.starts_with('/')) return false;
    const auto elements = split(path, '/');
    return std::ranges::all_of(elements, [&](std::string_view element) { return step(element); });
  }

  bool step(std::string_view element) {
    if (!is_in_directory()) return false;
    if (element.empty() || element == ".") return true;
    if (element == "..") {
      if (place_.empty()) return false;
      place_.pop_back();
      return true;
    }
    place_.emplace_back(element);
    const auto entry = entries_.find(join(place_, "/"));
    if (entry == entries_.end()) return false;
    if (entry->second.kind != EntryKind::kSymlink) return true;
    place_.pop_back();
    return ++links_ <= kMaxLinks && walk(entry->second.target);
  }

  bool is_in_directory() const {
    return place_.empty() || entries_.find(join(place_, "/"))->second.kind == EntryKind::kDirectory;
  }

  const TreeEntries& entries_;
  std::vector<std::string> place_;
  int links_ = 0;
};

}  // namespace

bool is_git_directory(std::string_view name) {
  const std::string folded = module::fold_case(name);
  return folded == ".git" || folded == "git~1";
}

std::optional<std::string> follow_link(const TreeEntries& entries, std::string_view name) {
  return LinkWalk(entries).run(name);
}

}  // namespace modtool::source
