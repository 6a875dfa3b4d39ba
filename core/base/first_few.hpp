// Lists that people read only the beginning of.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace modtool {

// The first of several names, `most` of them, and how many more there are: "a, b and 3 more".
std::string first_few(const std::vector<std::string>& names, std::size_t most = 5);

}  // namespace modtool
