#include "core/git/version_tags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <utility>

#include "core/module/semver.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kTags = "refs/tags/";

struct Match {
  const GitRef* ref;
  TagVersion found;
};

std::vector<Match> match_all(const std::vector<GitRef>& refs, const TagTemplates& templates) {
  std::vector<Match> matches;
  for (const auto& ref : refs) {
    if (!ref.name.starts_with(kTags)) continue;
    if (auto found = templates.match(std::string_view(ref.name).substr(kTags.size()))) {
      matches.push_back({&ref, std::move(*found)});
    }
  }
  const bool has_own = std::ranges::any_of(matches, [](const Match& match) { return match.found.own; });
  if (has_own) std::erase_if(matches, [](const Match& match) { return !match.found.own; });
  return matches;
}

void sort_ascending(std::vector<std::string>& versions) {
  std::ranges::sort(versions, [](const auto& a, const auto& b) { return module::compare_versions(a, b) < 0; });
}

}  // namespace

VersionTags::VersionTags(const std::vector<GitRef>& refs, const TagTemplates& templates) {
  for (const auto& [ref, found] : match_all(refs, templates)) {
    candidates_[found.version].push_back({{found.version, ref->name, ref->commit}, found.rank});
    versions_by_ref_[ref->name] = found.version;
    versions_by_commit_[ref->commit].push_back(found.version);
  }
  for (auto& [version, candidates] : candidates_) {
    std::ranges::sort(candidates, {}, [](const Candidate& each) { return std::pair(each.rank, each.tag.ref); });
  }
  for (auto& [commit, versions] : versions_by_commit_) sort_ascending(versions);
}

std::vector<std::string> VersionTags::versions() const {
  std::vector<std::string> versions;
  versions.reserve(candidates_.size());
  for (const auto& [version, candidates] : candidates_) versions.push_back(version);
  sort_ascending(versions);
  return versions;
}

Result<VersionTag> VersionTags::find(const std::string& version) const {
  const auto found = candidates_.find(version);
  if (found == candidates_.end()) return fail(Code::kUnknownVersion, fmt::format("no tag stands for {}", version));
  const VersionTag& first = found->second.front().tag;
  for (const auto& [tag, rank] : found->second) {
    if (tag.commit == first.commit) continue;
    return fail(Code::kAmbiguousTag,
                fmt::format("two tags stand for {} and lead to different commits: {} to {}, {} to {}", version,
                            first.ref, to_string(first.commit), tag.ref, to_string(tag.commit)));
  }
  return first;
}

std::string VersionTags::version_of(const std::string& ref) const {
  const auto found = versions_by_ref_.find(ref);
  return found == versions_by_ref_.end() ? std::string() : found->second;
}

std::vector<std::string> VersionTags::all_at(const GitId& commit) const {
  const auto found = versions_by_commit_.find(commit);
  return found == versions_by_commit_.end() ? std::vector<std::string>() : found->second;
}

std::string VersionTags::highest_at(const GitId& commit) const {
  const auto versions = all_at(commit);
  return versions.empty() ? std::string() : versions.back();
}

}  // namespace modtool::git
