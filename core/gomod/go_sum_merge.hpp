// Merges go.sum: two branches came to need different modules.
//
// The lines of both sides are put together, in the order in which Go writes them. A line that one side alone dropped
// stays: a line too much does no harm and `go mod tidy` drops it, one too few stops every build. Two different hashes
// of one thing are a conflict.
#pragma once

#include "core/manifest/merge.hpp"

namespace modtool::gomod {

// The error of a side that is no go.sum (go_sum.hpp). The order of the sides does not matter but in conflicts.
Result<manifest::MergedFile> merge_go_sums(const manifest::MergeInput& input);

}  // namespace modtool::gomod
