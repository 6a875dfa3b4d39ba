// Shell patterns as Go's path.Match knows them: `*` and `?` do not match a slash, `[a-z]` and `[^a-z]` are classes of
// runes, a backslash takes the next rune as it is. The pattern must match the whole text.
#pragma once

#include <string_view>

namespace modtool {

bool is_valid_glob(std::string_view pattern);

// A malformed pattern matches nothing.
bool match_glob(std::string_view pattern, std::string_view text);

}  // namespace modtool
