#include "cli/operations/vendor_planning.hpp"

#include <algorithm>
#include <map>
#include <set>

#include "core/resolve/whole_lock.hpp"

namespace modtool::cli {
namespace {

using manifest::ModuleUsage;
using manifest::Usage;
using manifest::VendoredModule;
using module::ModuleVersion;

// Summaries whose manifests the plan depends on.
Result<manifest::Summary> logged_summary(const PlanningInputs& inputs, ManifestLog& log, const ModuleVersion& module) {
  const ModuleVersion actual = inputs.summaries.actual(module);
  if (!inputs.project.dialect->builtin(module)) log.add(actual);
  auto summary = inputs.summaries.read(module);
  if (summary || summary.error().code == Code::kTooNewGo) return summary;  // the latter names the module itself
  return fail_in(std::move(summary), actual.version.empty() ? "module " + actual.path : to_string(actual));
}

Result<resolve::ModuleGraph> load_graph(const PlanningInputs& inputs) {
  const auto& project = inputs.project;
  return resolve::ModuleGraph::load({.main = project.main(),
                                     .roots = project.dialect->roots_of(project.manifest),
                                     .manifest = project.manifest,
                                     .dialect = *project.dialect,
                                     .summaries = inputs.summaries,
                                     .pool = inputs.pool});
}

// Whether the planning reads the manifest of what stands in for a module: where a lock holds the graph, only
// directories have one that counts.
bool reads_manifest(const PlanningInputs& inputs, const ModuleVersion& actual) {
  return actual.version.empty() || !inputs.project.dialect->locks_graph();
}

// With pruning the graph beyond the roots has no say in the plan; without, every manifest of it has.
Result<std::vector<ModuleVersion>> build_list(const PlanningInputs& inputs, ManifestLog& log) {
  const auto roots = inputs.project.dialect->roots_of(inputs.project.manifest);
  if (roots.prunes && !inputs.has_graph) {
    std::vector<ModuleVersion> list = {inputs.project.main()};
    list.insert(list.end(), roots.modules.begin(), roots.modules.end());
    return list;
  }
  MODTOOL_TRY(const auto graph, load_graph(inputs));
  for (const auto node : graph.nodes()) {
    const auto& module = graph.module(node);
    const ModuleVersion actual = inputs.summaries.actual(module);
    const bool counts = !roots.prunes && node != graph.main() && !inputs.project.dialect->builtin(module);
    if (counts && reads_manifest(inputs, actual)) log.add(actual);
  }
  const auto& project = inputs.project;
  if (project.dialect->locks_graph()) {
    MODTOOL_CHECK(resolve::check_lock_is_whole(graph, inputs.summaries, project.lock,
                                               std::string(project.dialect->lock_name()), "modtool tidy"));
  }
  return graph.build_list();
}

// From what is used to what modules.txt lists.
class RequestBuilder {
 public:
  RequestBuilder(const PlanningInputs& inputs, ManifestLog& log, Usage& usage)
      : inputs_(inputs), log_(log), rules_(inputs.project.dialect->index_rules(inputs.project.manifest)) {
    for (auto& used : usage.modules) used_.emplace(used.module, &used);
  }

  // Fails only where a manifest is not the one that the checksums know: without any other, a line of modules.txt just
  // says less.
  Result<vendor_tool::VendorRequest> build() {
    const std::set<ModuleVersion> is_explicit = explicit_modules();
    std::set<ModuleVersion> listed = is_explicit;
    for (const auto& [module, usage] : used_) listed.insert(module);
    std::vector<ModuleVersion> sorted(listed.begin(), listed.end());
    std::ranges::sort(sorted, module::module_less);

    vendor_tool::VendorRequest request{.directory = inputs_.project.vendor_name()};
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
    for (const auto& requirement : inputs_.project.manifest.require) {
      if (!rules_.selects_explicit) modules.insert(requirement.module);
    }
    const auto roots = inputs_.project.dialect->roots_of(inputs_.project.manifest);
    for (const auto& [module, usage] : used_) {
      if (rules_.selects_explicit && roots.direct.contains(module.path)) modules.insert(module);
    }
    return modules;
  }

  Result<vendor_tool::RequestedModule> requested(const ModuleVersion& module, bool is_explicit) {
    vendor_tool::RequestedModule requested;
    requested.index = {.module = module, .replacement = replacement(module), .is_explicit = is_explicit};
    if (rules_.names_languages) {
      auto summary = logged_summary(inputs_, log_, module);
      if (!summary && summary.error().code == Code::kChecksumMismatch) return fail(std::move(summary).error());
      if (summary) requested.index.go = std::move(summary->language);
    }
    if (const auto used = used_.find(module); used != used_.end()) {
      requested.index.packages = std::move(used->second->packages);
      requested.files = std::move(used->second->files);
      requested.directories = std::move(used->second->directories);
    }
    return requested;
  }

  ModuleVersion replacement(const ModuleVersion& module) const {
    const auto* found = inputs_.replacements.find(module);
    return found != nullptr ? found->to : ModuleVersion{};
  }

  void add_unused_replacements(std::set<ModuleVersion>& listed, vendor_tool::VendorRequest& request) const {
    for (const auto& unused : inputs_.project.manifest.replace) {
      if (listed.insert(unused.from).second) {
        request.unused_replacements.push_back({.module = unused.from, .replacement = replacement(unused.from)});
      }
    }
  }

  const PlanningInputs& inputs_;
  ManifestLog& log_;
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

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> usage_analysis(const PlanningInputs& inputs, ManifestLog& log) {
  const auto required_by = [&inputs, &log](const ModuleVersion& module) -> Result<std::vector<ModuleVersion>> {
    MODTOOL_TRY(auto summary, logged_summary(inputs, log, module));
    const auto& excluded = inputs.project.manifest.exclude;
    std::erase_if(summary.require, [&](const auto& r) { return std::ranges::find(excluded, r) != excluded.end(); });
    return std::move(summary.require);
  };
  return inputs.project.make_usage({.project = inputs.project,
                                    .files = inputs.files,
                                    .pool = inputs.pool,
                                    .build_list = [&inputs, &log] { return build_list(inputs, log); },
                                    .required_by = required_by,
                                    .open = inputs.open,
                                    .directory_of = inputs.directory_of,
                                    .allow_errors = inputs.allow_errors});
}

std::vector<manifest::Requirement> indexed_requirements(const PlanningInputs& inputs) {
  const auto& manifest = inputs.project.manifest;
  if (!inputs.project.dialect->index_rules(manifest).selects_explicit) return manifest.require;
  const auto graph = load_graph(inputs);
  if (!graph) return manifest.require;
  const auto direct = inputs.project.dialect->roots_of(manifest).direct;
  std::vector<manifest::Requirement> requirements;
  for (const auto& module : graph->build_list()) {
    if (direct.contains(module.path)) requirements.push_back({.module = module});
  }
  return requirements;
}

Result<Planned> plan_project(const PlanningInputs& inputs, ManifestLog& log) {
  const auto roots = inputs.project.dialect->roots_of(inputs.project.manifest);
  MODTOOL_CHECK(resolve::check_single_use(roots.modules, inputs.summaries));
  MODTOOL_TRY(Usage usage, usage_analysis(inputs, log)->analyse(inputs.open));
  auto request = RequestBuilder(inputs, log, usage).build();
  if (!request) return fail(after(std::move(usage.errors), std::move(request).error()));
  MODTOOL_TRY(auto plan, vendor_tool::plan_vendor(std::move(*request)));
  return Planned{std::move(plan), std::move(usage.errors)};
}

}  // namespace modtool::cli
