// Merges go.mod: two branches required other modules or other versions.
//
// Requirements are merged by path; a version that both sides changed becomes the higher one, unless one of them lowered
// it. All the rest of the file is taken from the side that changed it; where both did, each directive is merged for
// itself.
#pragma once

#include "core/manifest/merge.hpp"

namespace modtool::gomod {

// Code::kNotSupported where both sides changed one directive, or comments; the error of a side that is no go.mod.
Result<manifest::MergedFile> merge_go_mods(const manifest::MergeInput& input);

}  // namespace modtool::gomod
