// Patterns of module paths as the go command has them (`go help packages`): "..." stands for any text, and "/..." at
// the end for nothing, too.
#pragma once

#include <string_view>

namespace modtool::module {

bool match_path_pattern(std::string_view pattern, std::string_view path);

}  // namespace modtool::module
