// Merges modtool.sums: two branches vendored different modules.
//
// Globs are merged one by one, blocks by module, and within a block its parts: the manifest, the list of files and each
// kept file. Blocks
// of modules that one side dropped go. Everything in a block is vouched for by the hashes of the module, so two
// different manifests, lists or kept files of one path@version can only be a mistake: such a block stands twice,
// between the marks of a conflict. Whether the result is what the merged vendor directory needs, `modtool vendor
// --check` tells.
#pragma once

#include "core/manifest/merge.hpp"

namespace modtool::vendor_tool {

// The error of a side that is no modtool.sums (sums_file.hpp). The order of the sides does not matter but in conflicts.
Result<manifest::MergedFile> merge_sums(const manifest::MergeInput& input);

}  // namespace modtool::vendor_tool
