// The `@v/list` file of the GOPROXY protocol: a version a line, with the time of its commit after it or without.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::goproxy {

// The versions of a list, ascending; pseudo-versions and lines that hold no version are passed over.
std::vector<std::string> parse_version_list(std::string_view text);

// The version with the newest commit, of those whose time is known: from the line or from a pseudo-version. Empty where
// there is none.
std::string newest_listed_version(std::string_view text);

// Sorts as Go does: by precedence, and bytewise where that is equal.
void sort_versions(std::vector<std::string>& versions);

}  // namespace modtool::goproxy
