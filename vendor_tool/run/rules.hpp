// What vendor_tool must be told of a project and its dialect.
#pragma once

#include "core/project/project.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/proof/index_proof.hpp"

namespace modtool::vendor_tool {

// The project outlives the rule.
ModuleRule module_rule(const project::Project& project);

// The go version that modules.txt says of a module; null where it says none of any.
GoLineOf go_line_rule(const manifest::Dialect& dialect, const manifest::Manifest& main);

}  // namespace modtool::vendor_tool
