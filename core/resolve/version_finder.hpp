// Finds the version that a query stands for, from what the module's source has.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/manifest.hpp"
#include "core/resolve/version_query.hpp"
#include "core/source/module_source.hpp"

namespace modtool::resolve {

// What a module's newest version says of the module's versions.
struct ModuleNotices {
  std::vector<manifest::Retraction> retract;
  std::string deprecated;

  // The retraction that takes a version back; nullptr: none.
  const manifest::Retraction* retraction_of(std::string_view version) const;
};

// What becomes of a query where the newest version's manifest, which may take versions back, cannot be had.
enum class NoticeRule {
  kNeeded,      // it fails
  kWhereKnown,  // nothing is taken back, as for the go command
};

// All that it is given outlives it. May be used from several threads at once.
class VersionFinder {
 public:
  VersionFinder(source::ModuleSource& source, const manifest::Dialect& dialect, const manifest::Manifest& root,
                NoticeRule rule = NoticeRule::kNeeded);

  // The canonical version; empty for "none". `current` is the one in use (empty: none). Versions that the root excludes
  // or that the module takes back are never chosen, only named: an excluded one is Code::kRequestConflict then.
  // Code::kUnknownVersion where nothing fits.
  Result<std::string> find(const std::string& path, const VersionQuery& query, const std::string& current) const;

  // Every version, ascending; those that may be chosen.
  Result<std::vector<std::string>> versions(const std::string& path) const;
  Result<std::vector<std::string>> allowed_versions(const std::string& path) const;
  // Nothing where no version has a manifest that can be read.
  Result<ModuleNotices> notices(const std::string& path) const;

 private:
  Result<std::string> find_named(const std::string& path, const std::string& name) const;
  Result<std::string> choose(const std::string& path, const VersionQuery& query, const std::string& current) const;
  bool is_newest_commit_meant(const std::string& path, VersionQuery::Kind kind, const std::string& version,
                              const std::string& current) const;
  Result<std::string> keep_newer(const std::string& path, const std::string& found, const std::string& current) const;
  bool is_excluded(const std::string& path, const std::string& version) const;
  Result<ModuleNotices> notices_for_choice(const std::string& path) const;
  Result<std::string> newest(const std::string& path) const;
  Result<bool> has_manifest(const module::ModuleVersion& module) const;
  Result<void> leave_out_incompatible(const std::string& path, std::vector<std::string>& versions) const;

  source::ModuleSource& source_;
  const manifest::Dialect& dialect_;
  const manifest::Manifest& root_;
  const NoticeRule rule_;
};

}  // namespace modtool::resolve
