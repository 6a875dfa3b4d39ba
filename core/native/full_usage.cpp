#include "core/native/full_usage.hpp"

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/module/pruned_tree.hpp"
#include "core/module/version_control.hpp"

namespace modtool::native {
namespace {

using manifest::ModuleUsage;
using module::ModuleVersion;

class FullUsage final : public manifest::UsageAnalysis {
 public:
  explicit FullUsage(WorkerPool& pool) : pool_(pool) {}

  Result<manifest::Usage> analyse(manifest::Modules& modules) override {
    MODTOOL_TRY(const auto list, list_of(modules));
    std::vector<ModuleUsage> used(list.size());
    MODTOOL_CHECK(pool_.for_each(list.size(), [&](std::size_t i) -> Result<void> {
      MODTOOL_TRY(const auto tree, modules.tree(list[i]));
      used[i] = all_of(list[i], *tree, list);
      return {};
    }));
    return manifest::Usage{.modules = std::move(used), .errors = {}};
  }

  Result<ModuleUsage> select(manifest::Modules& modules, const ModuleVersion& module,
                             const std::vector<std::string>& packages, const module::ModuleTree& tree) override {
    if (packages.size() != 1 || packages.front() != module.path) {
      return fail(Code::kMissingPackage, "a module is vendored whole: its one line is " + quote(module.path));
    }
    MODTOOL_TRY(const auto list, list_of(modules));
    return all_of(module, tree, list);
  }

  // Only the build itself knows.
  Result<std::vector<std::string>> read_by_builds(const module::ModuleTree&,
                                                  const std::vector<std::string>& files) override {
    return files;
  }

  // All is taken already.
  bool may_add(std::string_view) const override { return false; }
  Result<std::vector<manifest::LostInputs>> find_lost_inputs(const module::ModuleTree&, const std::vector<std::string>&,
                                                             const std::vector<std::string>&) override {
    return std::vector<manifest::LostInputs>();
  }

  Result<std::optional<manifest::Imports>> find_imports(manifest::Modules&) override { return std::nullopt; }

 private:
  // All but the main module, as modules.txt lists them.
  static Result<std::vector<ModuleVersion>> list_of(manifest::Modules& modules) {
    MODTOOL_TRY(auto list, modules.build_list());
    std::erase_if(list, [](const ModuleVersion& module) { return module.version.empty(); });
    std::ranges::sort(list, module::module_less);
    return list;
  }

  static ModuleUsage all_of(const ModuleVersion& module, const module::ModuleTree& tree,
                            const std::vector<ModuleVersion>& modules) {
    const auto nested = module::nested_modules(module.path, modules);
    ModuleUsage usage{.module = module, .packages = {module.path}, .files = {}};
    for (const auto& file : tree.list()) {
      if (module::instructs_git(file.name) || module::is_below_any(file.name, nested)) continue;
      usage.files.push_back(file.name);
    }
    return usage;
  }

  WorkerPool& pool_;
};

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> make_full_usage(WorkerPool& pool) { return std::make_unique<FullUsage>(pool); }

}  // namespace modtool::native
