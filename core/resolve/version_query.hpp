// What stands behind the `@` on a command line, with the meaning that the go command gives it
// (go.dev/ref/mod#version-queries): "v1.2.3", "latest", "upgrade", "patch", "none", "<v1.2.3", ">=v1.2", "v1", or a
// branch, tag or commit.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::resolve {

struct VersionQuery {
  enum class Kind {
    kVersion,   // `version`, whole and canonical
    kRevision,  // `text`: a branch, tag or commit
    kLatest,
    kUpgrade,  // the latest, but nothing older than the current version and nothing that is not compatible with it
    kPatch,    // the same, with the current major and minor numbers
    kNone,
    kPrefix,  // `version` is "v1" or "v1.2": the latest of those
    kLess,
    kLessOrEqual,
    kGreater,  // the next one, not the latest
    kGreaterOrEqual,
  };
  Kind kind = Kind::kUpgrade;
  std::string text;     // as it was typed
  std::string version;  // of kVersion, kPrefix and the comparisons
};

// An empty text is "upgrade". Code::kBadVersion for a comparison with what is no version, or with a part of one where
// that would be ambiguous.
Result<VersionQuery> parse_version_query(std::string_view text);

struct QueryContext {
  std::vector<std::string> versions;  // that may be chosen, ascending
  std::string current;                // the one in use; empty: none
  // Whether a version may take the place of the current one without breaking what uses it.
  std::function<bool(std::string_view version)> is_compatible = [](std::string_view) { return true; };
};

// The version of the list that a query chooses (none for kVersion, kRevision and kNone, which choose nothing): releases
// before pre-releases, then the highest (of kGreater and kGreaterOrEqual the lowest). kUpgrade and kPatch give the
// current version where there is no better one. Nothing where no version fits.
std::optional<std::string> choose_version(const VersionQuery& query, const QueryContext& context);

}  // namespace modtool::resolve
