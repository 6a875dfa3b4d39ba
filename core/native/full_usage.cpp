#include "core/native/full_usage.hpp"

#include <algorithm>
#include <mutex>
#include <optional>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/pruned_tree.hpp"

namespace modtool::native {
namespace {

using manifest::ModuleUsage;
using module::ModuleVersion;

class FullUsage final : public manifest::UsageAnalysis {
 public:
  FullUsage(BuildList build_list, WorkerPool& pool) : build_list_(std::move(build_list)), pool_(pool) {}

  Result<manifest::Usage> analyse(const manifest::TreeOpener& open) override {
    MODTOOL_TRY(const auto modules, this->modules());
    std::vector<ModuleUsage> used(modules.size());
    MODTOOL_CHECK(pool_.for_each(modules.size(), [&](std::size_t i) -> Result<void> {
      MODTOOL_TRY(const auto tree, open(modules[i]));
      used[i] = all_of(modules[i], *tree, modules);
      return {};
    }));
    return manifest::Usage{.modules = std::move(used), .errors = {}};
  }

  Result<ModuleUsage> select(const ModuleVersion& module, const std::vector<std::string>& packages,
                             const module::ModuleTree& tree) override {
    if (packages.size() != 1 || packages.front() != module.path) {
      return fail(Code::kMissingPackage, "a module is vendored whole: its one line is " + quote(module.path));
    }
    MODTOOL_TRY(const auto modules, this->modules());
    return all_of(module, tree, modules);
  }

 private:
  // All but the main module, as modules.txt lists them.
  Result<std::vector<ModuleVersion>> modules() {
    const std::lock_guard lock(mutex_);
    if (modules_) return *modules_;
    MODTOOL_TRY(auto modules, build_list_());
    std::erase_if(modules, [](const ModuleVersion& module) { return module.version.empty(); });
    std::ranges::sort(modules, module::module_less);
    modules_ = std::move(modules);
    return *modules_;
  }

  static ModuleUsage all_of(const ModuleVersion& module, const module::ModuleTree& tree,
                            const std::vector<ModuleVersion>& modules) {
    const auto nested = module::nested_modules(module.path, modules);
    ModuleUsage usage{.module = module, .packages = {module.path}, .files = {}};
    for (const auto& file : tree.list()) {
      if (!module::is_below_any(file.name, nested)) usage.files.push_back(file.name);
    }
    return usage;
  }

  BuildList build_list_;
  WorkerPool& pool_;
  std::mutex mutex_;
  std::optional<std::vector<ModuleVersion>> modules_;
};

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> make_full_usage(BuildList build_list, WorkerPool& pool) {
  return std::make_unique<FullUsage>(std::move(build_list), pool);
}

}  // namespace modtool::native
