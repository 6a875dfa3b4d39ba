// Flags as the go command's users type them: `-require=a@v1`, `-u=patch`. modtool's own face takes those, too.
#pragma once

#include <string>
#include <vector>

#include "cli/flags.hpp"

namespace modtool::cli {

// Gives a flag of the set that stands behind one dash its second one. Other words stay as they are.
void take_single_dashes(const FlagSet& set, std::vector<std::string>& arguments);

}  // namespace modtool::cli
