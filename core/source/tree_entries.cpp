#include "core/source/tree_entries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/base/text.hpp"
#include "core/module/path.hpp"

namespace modtool::source {
namespace {

constexpr int kMaxLinks = 40;  // followed for one name, as Linux does

bool is_directory(const TreeEntries& entries, const std::string& path) {
  if (path.empty()) return true;
  const auto entry = entries.find(path);
  return entry != entries.end() && entry->second.kind == EntryKind::kDirectory;
}

void leave(std::string& path) { path.resize(path.rfind('/') == path.npos ? 0 : path.rfind('/')); }

}  // namespace

// Walks a path element by element; links on the way are walked in their place. `place` is where the walk is, `links`
// how many were followed.
Result<bool> LinkFollower::walk(std::string_view path, std::string& place, int& links) {
  if (path.empty() || path.starts_with('/')) return false;
  for (const auto element : split(path, '/')) {
    if (++steps_ > kMaxLinkSteps) return fail(Code::kTooLarge, "its symbolic links lead on and on");
    MODTOOL_TRY(const bool goes_on, step(element, place, links));
    if (!goes_on) return false;
  }
  return true;
}

Result<bool> LinkFollower::step(std::string_view element, std::string& place, int& links) {
  if (!is_directory(entries_, place)) return false;
  if (element.empty() || element == ".") return true;
  if (element == "..") {
    if (place.empty()) return false;
    leave(place);
    return true;
  }
  std::string path = place.empty() ? std::string(element) : fmt::format("{}/{}", place, element);
  const auto entry = entries_.find(path);
  if (entry == entries_.end()) return false;
  if (entry->second.kind == EntryKind::kSymlink) return enter(path, entry->second.target, place, links);
  place = std::move(path);
  return true;
}

// What was followed once is known; how many links it took counts again.
Result<bool> LinkFollower::enter(const std::string& link, std::string_view target, std::string& place, int& links) {
  if (const auto known = known_.find(link); known != known_.end()) {
    place = known->second.end;
    links += known->second.links;
    return links <= kMaxLinks;
  }
  const int before = links++;
  if (links > kMaxLinks) return false;
  MODTOOL_TRY(const bool leads_somewhere, walk(target, place, links));
  if (leads_somewhere) known_.emplace(link, Followed{place, links - before});
  return leads_somewhere;
}

Result<std::optional<std::string>> LinkFollower::follow(std::string_view name) {
  std::string place;
  int links = 0;
  MODTOOL_TRY(const bool leads_somewhere, walk(name, place, links));
  if (!leads_somewhere) return std::nullopt;
  return place;
}

}  // namespace modtool::source
