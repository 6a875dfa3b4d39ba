// The version in a go line, which is narrower than what counts as a version of Go elsewhere.
#pragma once

#include <string_view>

namespace modtool::module {

// "1.21", "1.21.3", "1.21rc1", "1.21.3beta2"; no leading zeros.
bool is_go_line(std::string_view version);

// What a dependency's malformed go line is taken for: "v1.2-beta" → "1.2"; empty where it is beyond repair.
std::string_view repair_go_line(std::string_view version);

}  // namespace modtool::module
