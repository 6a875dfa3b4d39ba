// Merges modtool.lock: two branches added, raised and dropped modules.
//
// The roots follow the rules by which modtool.json is merged: a version that both sides changed becomes the higher one.
// The records of both sides are put together, and what the merged roots do not reach is dropped. So the result is the
// lock that a new resolution would write, unless the roots select a version that neither side had selected, or modules
// are replaced; such gaps are told. Only two different contents of one path@version are a conflict: such a record
// stands twice, between marks.
#pragma once

#include "core/manifest/merge.hpp"

namespace modtool::native {

// The error of a side that is no lock (lock_file.hpp). The order of the sides does not matter but in conflicts.
Result<manifest::MergedFile> merge_locks(const manifest::MergeInput& input);

}  // namespace modtool::native
