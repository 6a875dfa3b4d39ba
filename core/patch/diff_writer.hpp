// Two texts as `diff -u` shows what differs.
#pragma once

#include <string>
#include <string_view>

namespace modtool::patch {

// Empty where nothing differs. `name` is the file's, for the heading.
std::string unified_diff(std::string_view name, std::string_view before, std::string_view after);

}  // namespace modtool::patch
