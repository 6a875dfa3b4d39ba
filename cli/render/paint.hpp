// Colours for terminals.
#pragma once

#include <string>
#include <string_view>

namespace modtool::cli {

// An error as render_error words it, with its head (`error[MT4001]:`) in red and its `fix:` in green.
std::string paint_error(std::string_view text);

}  // namespace modtool::cli
