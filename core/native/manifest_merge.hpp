// Merges modtool.json: two branches changed what the project asks for.
//
// Entries are merged by their keys, at every depth: what one side added, changed or dropped is taken. A required
// version that both sides changed becomes the higher one. Anything else that both changed to different values, and what
// one side dropped and the other changed, is a conflict: that entry alone stands twice, between marks. Excluded and
// retracted versions are sets; every other list is one value. Comments and layout of our side are kept, and what the
// other side added comes as it wrote it.
#pragma once

#include <string_view>

#include "core/manifest/merge.hpp"

namespace modtool::native {

// The error of a side that is no manifest (manifest_file.hpp); `version` is that of this modtool. The order of the
// sides does not matter for what the result says.
Result<manifest::MergedFile> merge_manifests(const manifest::MergeInput& input, std::string_view version);

}  // namespace modtool::native
