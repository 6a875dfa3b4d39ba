// modtool against the real go: the differential step of the scripts.
#pragma once

#include <string>
#include <vector>

#include "tests/scripts/harness/script.hpp"

namespace modtool::test {

// Runs `go WORDS` and `modtool WORDS`, both from the files as they are now, and gives what differs: standard output,
// exit status, what is left of the files (byte for byte), and the lines on standard error in any order, since go
// downloads in parallel. Empty where nothing does. The script goes on from what modtool left.
std::string difference_from_go(Script& script, const std::vector<std::string>& words);

}  // namespace modtool::test
