// The trees that a plan's files are read from.
#pragma once

#include <memory>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/modules.hpp"
#include "core/module/module_tree.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"

namespace modtool::vendor_tool {

// A tree for each of VendorPlan::modules, in their order; null for modules without files.
using VendorTrees = std::vector<std::shared_ptr<const module::ModuleTree>>;

// The trees of the modules that have files in the plan. An error is the view's, with the module's name.
Result<VendorTrees> open_planned_trees(const VendorPlan& plan, manifest::Modules& modules);

}  // namespace modtool::vendor_tool
