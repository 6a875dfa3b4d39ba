#include "core/resolve/version_finder.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/module/path.hpp"
#include "core/module/semver.hpp"
#include "core/source/version_info.hpp"

namespace modtool::resolve {
namespace {

using module::ModuleVersion;
using Kind = VersionQuery::Kind;

// The time of a pseudo-version, "20240102030405", as RFC 3339 has it.
std::string time_of_pseudo_version(const std::string& version) {
  const auto digits = module::pseudo_version_time(version);
  const auto part = [&](std::size_t at, std::size_t size) { return digits.substr(at, size); };
  return fmt::format("{}-{}-{}T{}:{}:{}Z", part(0, 4), part(4, 2), part(6, 2), part(8, 2), part(10, 2), part(12, 2));
}

bool is_release(const std::string& version) { return module::version_prerelease(version).empty(); }

// The newest release of an ascending list, or of pre-releases the newest.
const std::string& newest_of(const std::vector<std::string>& versions) {
  const auto release = std::find_if(versions.rbegin(), versions.rend(), is_release);
  return release == versions.rend() ? versions.back() : *release;
}

// Whether somebody who has this version, or asks by that one, knows of versions that do not suit the path's suffix.
bool knows_incompatible(const std::string& path, const VersionQuery& query, const std::string& current) {
  if (module::is_incompatible(current)) return true;
  const auto parts = module::split_path_major(path);
  return !query.version.empty() && parts && !module::check_path_major(query.version, parts->major);
}

bool ends_run(Code code) { return code == Code::kInterrupted || code == Code::kTerminated || code == Code::kTimeout; }

// A commit without a tag may be ahead of every tag, whatever its number says: only what looks for newer versions minds.
bool minds_newer_commits(Kind kind) { return kind == Kind::kUpgrade || kind == Kind::kPatch; }

}  // namespace

const manifest::Retraction* ModuleNotices::retraction_of(std::string_view version) const {
  const auto found = std::ranges::find_if(retract, [&](const manifest::Retraction& retraction) {
    return module::compare_versions(retraction.low, version) <= 0 &&
           module::compare_versions(version, retraction.high) <= 0;
  });
  return found == retract.end() ? nullptr : &*found;
}

VersionFinder::VersionFinder(source::ModuleSource& source, const manifest::Dialect& dialect,
                             const manifest::Manifest& root, NoticeRule rule)
    : source_(source), dialect_(dialect), root_(root), rule_(rule) {}

bool VersionFinder::is_excluded(const std::string& path, const std::string& version) const {
  return std::ranges::find(root_.exclude, ModuleVersion{path, version}) != root_.exclude.end();
}

Result<std::vector<std::string>> VersionFinder::versions(const std::string& path) const {
  return source_.versions(path);
}

Result<ModuleNotices> VersionFinder::notices(const std::string& path) const {
  MODTOOL_TRY(const std::string version, newest(path));
  if (version.empty()) return ModuleNotices{};
  auto text = source_.manifest({path, version});
  // A lock of checksums need not know a version that is not in use.
  if (!text && text.error().code == Code::kChecksumMissing) return ModuleNotices{};
  if (!text) return fail(std::move(text).error());
  auto summary = dialect_.summarise(*text, {.shown = std::string(dialect_.manifest_name())});
  if (!summary) return ModuleNotices{};
  return ModuleNotices{std::move(summary->retract), std::move(summary->deprecated)};
}

// The version whose manifest speaks for all, though it be excluded here; empty where there is none.
Result<std::string> VersionFinder::newest(const std::string& path) const {
  MODTOOL_TRY(auto versions, source_.versions(path));
  MODTOOL_CHECK(leave_out_incompatible(path, versions));
  return versions.empty() ? std::string() : newest_of(versions);
}

// A manifest that was made up for a module without one does not count.
Result<bool> VersionFinder::has_manifest(const ModuleVersion& module) const {
  const auto text = source_.manifest(module);
  // A lock of checksums need not know a version that is not in use.
  if (!text && text.error().code == Code::kChecksumMissing) return true;
  if (!text) return fail(text.error());
  return *text != dialect_.synthesise_manifest(module.path);
}

// Who has adopted modules gives major versions paths of their own; what has none is from before that
// (go.dev/ref/mod#incompatible-versions).
Result<void> VersionFinder::leave_out_incompatible(const std::string& path, std::vector<std::string>& versions) const {
  const auto first = std::ranges::find_if(versions, module::is_incompatible);
  if (first == versions.begin() || first == versions.end()) return {};
  MODTOOL_TRY(const bool uses_modules, has_manifest({path, *std::prev(first)}));
  if (uses_modules) std::erase_if(versions, module::is_incompatible);
  return {};
}

Result<ModuleNotices> VersionFinder::notices_for_choice(const std::string& path) const {
  if (rule_ == NoticeRule::kNeeded) return notices(path);
  MODTOOL_TRY(const std::string version, newest(path));
  if (!version.empty()) static_cast<void>(source_.stat(path, version));  // the go command has asked that, too
  auto said = notices(path);
  if (said || ends_run(said.error().code)) return said;
  return ModuleNotices{};
}

Result<std::vector<std::string>> VersionFinder::allowed_versions(const std::string& path) const {
  MODTOOL_TRY(auto allowed, source_.versions(path));
  MODTOOL_TRY(const auto said, notices_for_choice(path));
  std::erase_if(allowed, [&](const std::string& version) {
    return is_excluded(path, version) || said.retraction_of(version) != nullptr;
  });
  return allowed;
}

Result<std::string> VersionFinder::find(const std::string& path, const VersionQuery& query,
                                        const std::string& current) const {
  switch (query.kind) {
    case Kind::kNone:
      return std::string();
    case Kind::kVersion:
      return find_named(path, query.version);
    case Kind::kRevision:
      return find_named(path, query.text);
    default:
      return choose(path, query, current);
  }
}

Result<std::string> VersionFinder::find_named(const std::string& path, const std::string& name) const {
  MODTOOL_TRY(const auto info, source_.stat(path, name));
  if (!is_excluded(path, info.version)) return info.version;
  return fail(Code::kRequestConflict,
              fmt::format("{}@{} is excluded by {}", path, info.version, dialect_.manifest_name()));
}

Result<std::string> VersionFinder::choose(const std::string& path, const VersionQuery& query,
                                          const std::string& current) const {
  if (query.kind == Kind::kPatch && current.empty()) {
    return fail(Code::kUnknownVersion, fmt::format("{} is not required yet: there is no version to patch", path));
  }
  QueryContext context{.current = current};
  MODTOOL_TRY(context.versions, allowed_versions(path));
  if (!knows_incompatible(path, query, current)) MODTOOL_CHECK(leave_out_incompatible(path, context.versions));
  const std::string own = dialect_.compatibility_class(root_, path, current);
  context.is_compatible = [&](std::string_view version) {
    return dialect_.compatibility_class(root_, path, version) == own;
  };
  const auto chosen = choose_version(query, context);
  const bool stays_untagged = chosen == current && module::is_pseudo_version(current);
  if (chosen && !stays_untagged) {
    return minds_newer_commits(query.kind) ? keep_newer(path, *chosen, current) : *chosen;
  }
  const bool may_be_untagged = query.kind == Kind::kLatest || minds_newer_commits(query.kind);
  if (may_be_untagged) {
    MODTOOL_TRY(const auto info, source_.stat(path, "latest"));
    if (is_newest_commit_meant(path, query.kind, info.version, current)) return info.version;
  }
  if (chosen) return *chosen;
  MODTOOL_TRY(const auto all, source_.versions(path));
  return fail(Code::kUnknownVersion, fmt::format("no version of {} fits {}: it has {}", path, quote(query.text),
                                                 all.empty() ? "none" : join(all, ", ")));
}

// Whether the newest commit, which has no tag, is what a query asks for.
bool VersionFinder::is_newest_commit_meant(const std::string& path, Kind kind, const std::string& version,
                                           const std::string& current) const {
  if (!module::is_pseudo_version(version) || is_excluded(path, version)) return false;
  if (kind == Kind::kLatest) return true;
  const bool is_patch = module::version_major_minor(version) == module::version_major_minor(current);
  if (kind == Kind::kPatch && !is_patch) return false;
  return current.empty() || dialect_.compare(path, version, current) > 0;
}

// What has no time is not older than anything.
Result<std::string> VersionFinder::keep_newer(const std::string& path, const std::string& found,
                                              const std::string& current) const {
  if (found == current || !module::is_pseudo_version(current)) return found;
  MODTOOL_TRY(const auto info, source_.stat(path, found));
  const auto tagged = source::seconds_of(info.time);
  const auto committed = source::seconds_of(time_of_pseudo_version(current));
  return tagged && committed && *tagged < *committed ? current : found;
}

}  // namespace modtool::resolve
