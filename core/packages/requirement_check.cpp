#include "core/packages/requirement_check.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <set>

#include "core/module/semver.hpp"

namespace modtool::packages {
namespace {

class RequirementCheck {
 public:
  RequirementCheck(const PackageRequest& request, manifest::Modules& modules, SelectedVersions& versions,
                   PackageGraph& graph)
      : request_(request), modules_(modules), versions_(versions), graph_(graph) {}

  void run() {
    for (Package& package : graph_.packages) {
      if (request_.is_main(package.module.path)) check_direct_imports(package);
    }
    auto is_complete = check_roots();
    if (!is_complete) {
      graph_.out_of_date = std::move(is_complete).error();
    } else if (!*is_complete) {
      graph_.out_of_date = out_of_date();
    }
  }

 private:
  bool is_external(const Package& package) const {
    return !package.module.path.empty() && !request_.is_main(package.module.path);
  }

  void check_direct_imports(Package& package) const {
    if (package.problem) return;
    const auto import = std::ranges::find_if(package.imports, [&](std::size_t number) {
      const Package& imported = graph_.packages[number];
      return is_external(imported) && !versions_.is_root(imported.module);
    });
    if (import == package.imports.end()) return;
    const Package& imported = graph_.packages[*import];
    package.problem =
        Error{.code = Code::kGoModOutOfDate,
              .message = fmt::format("package {} imports {} from implicitly required module; to add missing "
                                     "requirements, run:\n\tgo get {}",
                                     package.path, imported.path, to_string(imported.module)),
              .fix = Fix::command({"go", "get", to_string(imported.module)})};
  }

  Result<bool> check_roots() {
    if (request_.roots.prunes && !all_providers_are_roots()) return false;
    if (const auto* build_list = versions_.loaded_build_list()) return are_roots_selected(*build_list);
    if (providers_fit_roots()) return are_roots_selected(versions_.roots());
    MODTOOL_TRY(const auto* build_list, versions_.build_list());
    return are_roots_selected(*build_list);
  }

  bool all_providers_are_roots() const {
    return std::ranges::all_of(graph_.packages, [&](const Package& package) {
      return !is_external(package) || versions_.roots().contains(package.module.path);
    });
  }

  bool are_roots_selected(const VersionsByPath& selection) const {
    return std::ranges::all_of(request_.roots.modules, [&](const module::ModuleVersion& root) {
      const auto selected = selection.find(root.path);
      return selected == selection.end() || selected->second == root.version;
    });
  }

  // Whether no module that provides a package requires a higher version of a root. Cheaper than the whole graph, and as
  // much as the go command looks at.
  bool providers_fit_roots() const {
    std::set<module::ModuleVersion> providers;
    for (const Package& package : graph_.packages) {
      if (is_external(package)) providers.insert(package.module);
    }
    return std::ranges::all_of(providers, [&](const auto& provider) { return fits_roots(provider); });
  }

  bool fits_roots(const module::ModuleVersion& provider) const {
    const auto required = required_by(request_, modules_, provider);
    if (!required) return false;
    return std::ranges::all_of(*required, [&](const module::ModuleVersion& each) {
      const auto root = versions_.roots().find(each.path);
      return root == versions_.roots().end() || request_.is_main(each.path) ||
             module::compare_module_versions(each.path, root->second, each.version) >= 0;
    });
  }

  Error out_of_date() const {
    const std::string why = request_.explicit_mode.empty() ? "" : ", disabled by -mod=" + request_.explicit_mode;
    return {.code = Code::kGoModOutOfDate,
            .message = "updates to go.mod needed" + why + "; to update it:\n\tgo mod tidy",
            .fix = Fix::command({"go", "mod", "tidy"})};
  }

  const PackageRequest& request_;
  manifest::Modules& modules_;
  SelectedVersions& versions_;
  PackageGraph& graph_;
};

}  // namespace

void check_requirements(const PackageRequest& request, manifest::Modules& modules, SelectedVersions& versions,
                        PackageGraph& graph) {
  RequirementCheck(request, modules, versions, graph).run();
}

Result<std::vector<module::ModuleVersion>> required_by(const PackageRequest& request, manifest::Modules& modules,
                                                       const module::ModuleVersion& module) {
  MODTOOL_TRY(auto summary, manifest::named_summary(modules, module));
  std::erase_if(summary.require,
                [&](const auto& r) { return std::ranges::find(request.exclude, r) != request.exclude.end(); });
  return std::move(summary.require);
}

}  // namespace modtool::packages
