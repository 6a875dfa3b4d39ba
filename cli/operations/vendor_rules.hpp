// What vendor_tool must be told of a dialect.
#pragma once

#include "core/manifest/dialect.hpp"
#include "vendor_tool/block_proof.hpp"
#include "vendor_tool/index_proof.hpp"

namespace modtool::cli {

vendor_tool::ManifestRule manifest_rule(const manifest::Dialect& dialect);

// The go version that modules.txt says of a module; null where it says none of any.
vendor_tool::GoLineOf go_line_rule(const manifest::Dialect& dialect, const manifest::Manifest& main);

}  // namespace modtool::cli
