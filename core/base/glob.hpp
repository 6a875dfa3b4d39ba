// Shell patterns as Go's path.Match knows them: `*` and `?` do not match a slash, `[a-z]` and `[^a-z]` are classes of
// runes, a backslash takes the next rune as it is. The pattern must match the whole text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool {

bool is_valid_glob(std::string_view pattern);

// A malformed pattern matches nothing.
bool match_glob(std::string_view pattern, std::string_view text);

// Whether the elements of a path match a pattern's, each a glob. An element `**` stands for any number of elements, as
// in .gitignore; at the end for at least one.
bool match_elements(const std::vector<std::string>& pattern, const std::vector<std::string>& path);

}  // namespace modtool
