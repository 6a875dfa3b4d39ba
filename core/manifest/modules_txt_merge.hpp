// Merges vendor/modules.txt: two branches vendored other modules.
//
// Modules are merged by path, their packages as sets; of two versions the higher one stays, as in the manifest. Files
// of vendor/ that both sides have are Git's to merge, so the directory is made anew afterwards.
#pragma once

#include "core/manifest/merge.hpp"

namespace modtool::manifest {

// The error of a side that cannot be read (modules_txt.hpp). There are no conflicts; a gap says what is to be done.
Result<MergedFile> merge_modules_txts(const MergeInput& input);

}  // namespace modtool::manifest
