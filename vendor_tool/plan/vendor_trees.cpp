#include "vendor_tool/plan/vendor_trees.hpp"

#include <utility>

namespace modtool::vendor_tool {

Result<VendorTrees> open_planned_trees(const VendorPlan& plan, manifest::Modules& modules) {
  VendorTrees trees(plan.modules.size());
  for (const auto& file : plan.files) {
    auto& tree = trees[file.module];
    if (tree) continue;
    const auto& module = plan.modules[file.module].module;
    auto opened = modules.tree(module);
    if (!opened) return fail_in(std::move(opened), "reading " + module::to_string(module));
    tree = std::move(*opened);
  }
  return trees;
}

}  // namespace modtool::vendor_tool
