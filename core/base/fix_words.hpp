// A fix for programs: what a run of it takes, without a shell in between where none is needed.
#pragma once

#include <string>
#include <vector>

#include "core/base/fix.hpp"

namespace modtool {

// A program and its arguments. What takes more than one command, a redirection or another directory is a shell's:
// {"sh", "-c", to_command(fix)}. None where there is no fix.
std::vector<std::string> to_words(const Fix& fix);

}  // namespace modtool
