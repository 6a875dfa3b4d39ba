#include "vendor_tool/run/planning.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/project/module_graph.hpp"
#include "core/resolve/module_graph.hpp"
#include "vendor_tool/plan/added_files.hpp"

namespace modtool::vendor_tool {
namespace {

using manifest::ModuleUsage;
using manifest::Usage;
using module::ModuleVersion;

// From what is used to what modules.txt lists.
class RequestBuilder {
 public:
  RequestBuilder(const project::Project& project, manifest::Modules& modules, Usage& usage)
      : project_(project), modules_(modules), rules_(project.dialect->index_rules(project.manifest)) {
    for (auto& used : usage.modules) used_.emplace(used.module, &used);
  }

  // Fails only where a manifest is not the one that the checksums know, or cannot be looked at: without any other, a
  // line of modules.txt just says less.
  Result<VendorRequest> build() {
    const std::set<ModuleVersion> is_explicit = explicit_modules();
    std::set<ModuleVersion> listed = is_explicit;
    for (const auto& [module, usage] : used_) listed.insert(module);
    std::vector<ModuleVersion> sorted(listed.begin(), listed.end());
    std::ranges::sort(sorted, module::module_less);

    VendorRequest request{.directory = project_.vendor_name()};
    for (const auto& module : sorted) {
      MODTOOL_TRY(auto requested_module, requested(module, is_explicit.contains(module)));
      request.modules.push_back(std::move(requested_module));
    }
    if (rules_.marks_explicit) add_unused_replacements(listed, request);
    return request;
  }

 private:
  std::set<ModuleVersion> explicit_modules() const {
    std::set<ModuleVersion> modules;
    if (!rules_.marks_explicit) return modules;
    for (const auto& requirement : project_.manifest.require) {
      if (!rules_.selects_explicit) modules.insert(requirement.module);
    }
    const auto roots = project_.dialect->roots_of(project_.manifest);
    for (const auto& [module, usage] : used_) {
      if (rules_.selects_explicit && roots.direct.contains(module.path)) modules.insert(module);
    }
    return modules;
  }

  Result<RequestedModule> requested(const ModuleVersion& module, bool is_explicit) {
    RequestedModule requested;
    requested.index = {.module = module, .replacement = replacement(module), .is_explicit = is_explicit};
    if (rules_.names_languages) {
      auto summary = manifest::named_summary(modules_, module);
      const bool is_fatal = !summary && is_fatal_for_index(summary.error().code);
      if (is_fatal) return fail(std::move(summary).error());
      if (summary) requested.index.go = std::move(summary->language);
    }
    if (const auto used = used_.find(module); used != used_.end()) {
      requested.index.packages = std::move(used->second->packages);
      requested.files = std::move(used->second->files);
      requested.directories = std::move(used->second->directories);
    }
    return requested;
  }

  static bool is_fatal_for_index(Code code) {
    return code == Code::kChecksumMismatch || code == Code::kUnreadableInput || tells_nothing(code);
  }

  ModuleVersion replacement(const ModuleVersion& module) const {
    const auto* found = modules_.replacements().find(module);
    return found != nullptr ? found->to : ModuleVersion{};
  }

  bool is_main(const ModuleVersion& module) const {
    return module.version.empty() && module.path == project_.manifest.path;
  }

  void add_unused_replacements(std::set<ModuleVersion>& listed, VendorRequest& request) const {
    for (const auto& unused : project_.manifest.replace) {
      if (is_main(unused.from)) continue;  // nothing stands in for the project itself
      if (listed.insert(unused.from).second) {
        request.unused_replacements.push_back({.module = unused.from, .replacement = replacement(unused.from)});
      }
    }
  }

  const project::Project& project_;
  manifest::Modules& modules_;
  manifest::IndexRules rules_;
  std::map<ModuleVersion, ModuleUsage*> used_;
};

// An error that ends a run, told after those that did not.
Error after(std::vector<Error> passed, Error last) {
  if (passed.empty()) return last;
  const Code code = last.code;
  passed.push_back(std::move(last));
  return {.code = code, .problems = std::move(passed)};
}

// The selected versions, those of a lock that is not whole too; nothing where they cannot be known.
Result<std::optional<std::vector<ModuleVersion>>> selected_modules(const project::Project& project,
                                                                   manifest::Modules& modules, WorkerPool& pool) {
  if (auto list = modules.build_list()) return std::move(*list);
  const auto graph = resolve::ModuleGraph::load(project::graph_inputs(project, project.manifest, modules, pool));
  if (!graph && tells_nothing(graph.error().code)) return fail(graph.error());
  return graph ? std::optional(graph->build_list()) : std::nullopt;
}

// Of the modules that are used, which the analysis has read already.
Result<VendorTrees> trees_of(const VendorRequest& request, manifest::Modules& modules) {
  VendorTrees trees(request.modules.size());
  for (std::size_t i = 0; i < trees.size(); ++i) {
    const auto& entry = request.modules[i].index;
    if (entry.packages.empty()) continue;
    MODTOOL_TRY(trees[i], modules.tree(entry.module));
  }
  return trees;
}

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> make_analysis(const project::Project& project, const PlanOptions& options) {
  return project.make_usage(
      {.project = project, .files = options.files, .pool = options.pool, .allow_errors = options.allow_errors});
}

Result<std::vector<manifest::Requirement>> indexed_requirements(const project::Project& project,
                                                                manifest::Modules& modules, WorkerPool& pool) {
  const auto& manifest = project.manifest;
  if (!project.dialect->index_rules(manifest).selects_explicit) return manifest.require;
  const auto direct = project.dialect->roots_of(manifest).direct;
  std::vector<manifest::Requirement> requirements;
  MODTOOL_TRY(const auto selected, selected_modules(project, modules, pool));
  if (!selected) return manifest.require;
  for (const auto& module : *selected) {
    if (direct.contains(module.path)) requirements.push_back({.module = module});
  }
  return requirements;
}

Result<VendorPlan> plan(const project::Project& project, manifest::Modules& modules, const PlanOptions& options) {
  const auto roots = project.dialect->roots_of(project.manifest);
  MODTOOL_CHECK(resolve::check_single_use(roots.modules, modules));
  const auto analysis = make_analysis(project, options);
  MODTOOL_TRY(Usage usage, analysis->analyse(modules));
  auto request = RequestBuilder(project, modules, usage).build();
  if (!request) return fail(after(std::move(usage.errors), std::move(request).error()));
  if (!options.with.empty()) {
    MODTOOL_TRY(const auto trees, trees_of(*request, modules));
    add_files(*request, trees, options.with, *analysis);
  }
  MODTOOL_TRY(auto planned, plan_vendor(*request));
  planned.errors = std::move(usage.errors);
  return planned;
}

}  // namespace modtool::vendor_tool
