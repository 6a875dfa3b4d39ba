// Module paths that are nearly one that is in use already: a slip of the keyboard, or somebody who counts on one.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::resolve {

// The first of `known` that differs from the path only in case, or only in one element and there by a few letters;
// empty where there is none, and where the path itself is known.
std::string near_path(std::string_view path, const std::vector<std::string>& known);

}  // namespace modtool::resolve
