// modtool against the real go: the differential step of the scripts.
#pragma once

#include <string>
#include <vector>

#include "tests/scripts/harness/script.hpp"

namespace modtool::test {

enum class Compare { kAll, kOutput, kCacheToo };

// Runs `go WORDS` and `modtool WORDS`, both from the files as they are now, and gives what differs: standard output,
// standard error (the lines that tell of downloads in any order, since go downloads in parallel), exit status, and what
// is left of the files, byte for byte (not with kOutput), and of the module cache with its permissions (with kCacheToo;
// the lock that go keeps there for releases before 1.12 does not count). Empty where nothing does. The script goes on
// from what modtool left.
std::string difference_from_go(Script& script, const std::vector<std::string>& words, Compare compare);

}  // namespace modtool::test
