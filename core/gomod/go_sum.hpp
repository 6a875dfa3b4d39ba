// go.sum (go.dev/ref/mod#go-sum-files): a line "path version hash" for each module and for each go.mod.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/manifest/checksum_table.hpp"

namespace modtool::gomod {

// Hashes of unknown algorithms are kept. Lines for an empty go.mod, which an old version of Go wrote in error, are left
// out. The error is "malformed go.sum:" with every problem of the file (Code::kGoSumSyntax, or kConflictMarker); Go
// tells the first of them.
Result<manifest::ChecksumTable> parse_go_sum(std::string_view text, const std::string& file);

// Sorted, each line once, as the go command writes it.
std::string format_go_sum(const manifest::ChecksumTable& table);

}  // namespace modtool::gomod
