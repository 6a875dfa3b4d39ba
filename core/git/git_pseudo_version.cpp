#include "core/git/git_pseudo_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "core/base/text.hpp"
#include "core/module/semver.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kRevisionSize = 12;
constexpr std::int64_t kMaxTime = 253402300799;  // 9999-12-31T23:59:59Z

struct CalendarTime {
  int year;
  unsigned month, day;
  long hours, minutes, seconds;
};

CalendarTime split_time(std::int64_t time) {
  const std::chrono::sys_seconds point{std::chrono::seconds(time)};
  const auto midnight = std::chrono::floor<std::chrono::days>(point);
  const std::chrono::year_month_day date(midnight);
  const std::chrono::hh_mm_ss clock(point - midnight);
  return {static_cast<int>(date.year()),     static_cast<unsigned>(date.month()),
          static_cast<unsigned>(date.day()), clock.hours().count(),
          clock.minutes().count(),           clock.seconds().count()};
}

bool is_usable(std::int64_t time) { return time >= 0 && time <= kMaxTime; }

// Decimal text plus 1, of any length.
std::string increment(std::string_view number) {
  std::string text(number);
  for (auto digit = text.rbegin(); digit != text.rend(); ++digit) {
    if (*digit != '9') {
      ++*digit;
      return text;
    }
    *digit = '0';
  }
  return "1" + text;
}

// What stands in front of the time: "v0.0.0-", "v1.2.4-0.", "v1.3.0-rc.1.0.".
std::string prefix_of(std::string_view base) {
  if (base.empty()) return "v0.0.0-";
  if (!module::version_prerelease(base).empty()) return std::string(base) + ".0.";
  const auto dot = base.rfind('.');
  return fmt::format("{}.{}-0.", base.substr(0, dot), increment(base.substr(dot + 1)));
}

// The highest version that tags the commit itself or an ancestor; empty where there is none.
Result<std::string> latest_before(const GitRepository& repository, const GitId& commit, const VersionTags& tags) {
  const auto versions = tags.versions();
  std::string latest;
  if (versions.empty()) return latest;
  MODTOOL_CHECK(repository.visit_history(commit, [&](const GitId& id, const GitCommit& /*read*/) {
    const std::string version = tags.highest_at(id);
    if (module::compare_versions(version, latest) > 0) latest = version;
    return latest != versions.back();
  }));
  return latest;
}

// Whether one of the versions of which the pseudo-version may be the next tags an ancestor.
Result<bool> has_base(const GitRepository& repository, const GitId& commit, std::int64_t time, std::string_view version,
                      const VersionTags& tags) {
  bool found = false;
  MODTOOL_CHECK(repository.visit_history(commit, [&](const GitId& id, const GitCommit& /*read*/) {
    for (const auto& base : tags.all_at(id)) {
      const auto made = format_pseudo_version(base, time, commit);
      found = found || (made && *made == version);
    }
    return !found;
  }));
  return found;
}

std::unexpected<Error> invalid(std::string_view version, std::string_view why) {
  return fail(Code::kUnknownVersion, fmt::format("invalid pseudo-version {}: {}", version, why));
}

}  // namespace

Result<std::string> format_pseudo_version(std::string_view base, std::int64_t time, const GitId& commit) {
  if (!is_usable(time))
    return fail(Code::kBadGitRepository, fmt::format("commit {} has no usable time", to_string(commit)));
  const auto [year, month, day, hours, minutes, seconds] = split_time(time);
  return fmt::format("{}{:04}{:02}{:02}{:02}{:02}{:02}-{}", prefix_of(base), year, month, day, hours, minutes, seconds,
                     to_string(commit).substr(0, kRevisionSize));
}

std::string format_git_time(std::int64_t time) {
  if (!is_usable(time)) return {};
  const auto [year, month, day, hours, minutes, seconds] = split_time(time);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", year, month, day, hours, minutes, seconds);
}

Result<std::string> pseudo_version_of(const GitRepository& repository, const GitId& commit, const VersionTags& tags) {
  MODTOOL_TRY(const auto base, latest_before(repository, commit, tags));
  MODTOOL_TRY(const auto read, repository.commit(commit));
  return format_pseudo_version(base, read.time, commit);
}

Result<GitId> find_pseudo_version(const GitRepository& repository, std::string_view version, const VersionTags& tags) {
  const auto revision = module::pseudo_version_revision(version);
  if (revision.size() != kRevisionSize) return invalid(version, "its revision must have 12 digits");
  MODTOOL_TRY(const auto commit, repository.find_commit(revision));
  MODTOOL_TRY(const auto read, repository.commit(commit));
  MODTOOL_TRY(const auto plain, format_pseudo_version("", read.time, commit));
  if (version == plain) return commit;
  if (module::pseudo_version_time(version) != module::pseudo_version_time(plain)) {
    return invalid(version, fmt::format("the commit's time is {}", module::pseudo_version_time(plain)));
  }
  MODTOOL_TRY(const bool is_based, has_base(repository, commit, read.time, version, tags));
  if (!is_based) return invalid(version, "no tag before the commit stands for a version that it could follow");
  return commit;
}

}  // namespace modtool::git
