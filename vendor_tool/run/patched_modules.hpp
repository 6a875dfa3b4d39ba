// A view of modules whose trees have the project's patches applied.
#pragma once

#include <utility>

#include "core/manifest/modules.hpp"
#include "core/patch/patch_set.hpp"

namespace modtool::vendor_tool {

// The inner view's bytes are taken as they are: whoever stacks the views sees to it that they are proven.
class PatchedModules final : public manifest::ModulesDecorator {
 public:
  // The patches outlive the view.
  PatchedModules(manifest::Modules& inner, const patch::ModulePatches& patches)
      : ModulesDecorator(inner), patches_(patches) {}

  Result<manifest::Tree> tree(const module::ModuleVersion& module) override {
    MODTOOL_TRY(auto tree, inner().tree(module));
    const auto* const patches = patches_.find(stand_in(module));
    if (patches == nullptr) return tree;
    MODTOOL_TRY(auto patched, patch::make_patched_tree(module::make_trusted_tree(std::move(tree)), *patches));
    return patched;
  }

 private:
  const patch::ModulePatches& patches_;
};

}  // namespace modtool::vendor_tool
