// Semantic versions as modules use them: "v1.2.3-pre+build" (semver.org 2.0.0 with a leading v; the shortened "v1" and
// "v1.2" are valid too, as in golang.org/x/mod/semver), pseudo-versions, and the go command's own versions ("1.21rc1").
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace modtool::module {

bool is_valid_version(std::string_view version);
// vMAJOR.MINOR.PATCH[-PRERELEASE], without build metadata; "v1" → "v1.0.0"; empty where not valid.
std::string canonical_version(std::string_view version);
std::string_view version_major(std::string_view version);       // "v2.1.0" → "v2"
std::string version_major_minor(std::string_view version);      // "v2.1.0" → "v2.1"
std::string_view version_prerelease(std::string_view version);  // "v1.0.0-rc.1+x" → "-rc.1"
std::string_view version_build(std::string_view version);       // "v1.0.0+meta" → "+meta"
// -1, 0, +1. Build metadata does not count; a version that is not valid is less than every valid one.
int compare_versions(std::string_view a, std::string_view b);

// "v0.0.0-20200101000000-abcdefabcdef" and the forms with a base version (go.dev/ref/mod#pseudo-versions).
bool is_pseudo_version(std::string_view version);
// The commit's 12 digits; empty for other versions.
std::string_view pseudo_version_revision(std::string_view version);
// "20200101000000"; empty for other versions.
std::string_view pseudo_version_time(std::string_view version);

// "+incompatible" of a version, as far as modules know it.
bool is_incompatible(std::string_view version);

// Versions of Go itself: "1.21", "1.21rc1", "1.21.3".
bool is_valid_go_version(std::string_view version);
int compare_go_versions(std::string_view a, std::string_view b);
// The language version: "1.21.3" → "1.21".
std::string go_language_version(std::string_view version);
// The Go version in a toolchain name: "go1.21.3-custom" → "1.21.3"; empty where it has none.
std::string toolchain_go_version(std::string_view toolchain);

// Compares two versions of the module at `path`: Go versions for the paths "go" and "toolchain", semantic ones for
// every other.
int compare_module_versions(std::string_view path, std::string_view a, std::string_view b);

}  // namespace modtool::module
