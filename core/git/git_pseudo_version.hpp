// Versions of commits that have no tag, by Go's rules (go.dev/ref/mod#pseudo-versions): the highest version that tags
// an ancestor, raised a little, then the commit's time and the first 12 digits of its name. Branches do not matter, so
// a commit has one such version, unless tags are added before it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/git/git_repository.hpp"
#include "core/git/version_tags.hpp"

namespace modtool::git {

// "v0.0.0-20230102030405-0123456789ab" for an empty `base`; "v1.2.4-0.2023…" for v1.2.3; "v1.3.0-rc.1.0.2023…" for
// v1.3.0-rc.1. Code::kBadGitRepository for a time that no such version can hold.
Result<std::string> format_pseudo_version(std::string_view base, std::int64_t time, const GitId& commit);

// RFC 3339 in UTC: "2023-01-02T03:04:05Z"; empty for a time before 1970 or after 9999.
std::string format_git_time(std::int64_t time);

// The version of a commit. Code::kShallowHistory.
Result<std::string> pseudo_version_of(const GitRepository& repository, const GitId& commit, const VersionTags& tags);

// The commit that a pseudo-version names, after a check that it is made as it must be: the name's 12 digits, the
// commit's time, and a base that tags an ancestor. Code::kUnknownVersion.
Result<GitId> find_pseudo_version(const GitRepository& repository, std::string_view version, const VersionTags& tags);

}  // namespace modtool::git
