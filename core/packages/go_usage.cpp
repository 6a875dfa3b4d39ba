#include "core/packages/go_usage.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/module/path.hpp"
#include "core/packages/module_trees.hpp"
#include "core/packages/package_loader.hpp"
#include "core/packages/standard_library.hpp"
#include "core/packages/vendor_files.hpp"

namespace modtool::packages {
namespace {

struct ByModule {
  bool operator()(const module::ModuleVersion& a, const module::ModuleVersion& b) const { return module_less(a, b); }
};

using PackagesByModule = std::map<module::ModuleVersion, std::vector<const Package*>, ByModule>;

// An import that looks like the standard library's may be one of a newer Go; nothing would be vendored for it.
bool is_missing_standard(const Package& package) {
  return package.problem->code == Code::kMissingModule && looks_standard(package.path);
}

std::vector<Error> problems_of(const PackageGraph& graph) {
  std::vector<Error> problems;
  for (std::size_t i = 0; i < graph.packages.size(); ++i) {
    const Package& package = graph.packages[i];
    if (package.problem && !is_missing_standard(package)) problems.push_back(graph.problem_of(i));
  }
  return problems;
}

// Fails with the problems, if there are any.
Result<void> refuse(std::vector<Error> problems) {
  if (problems.empty()) return {};
  if (problems.size() == 1) return fail(std::move(problems.front()));
  const Code code = problems.front().code;
  return fail(Error{.code = code, .problems = std::move(problems)});
}

class GoUsage : public manifest::UsageAnalysis {
 public:
  GoUsage(GoUsageOptions options, WorkerPool& pool) : options_(std::move(options)), pool_(pool) {}

  Result<manifest::Usage> analyse(const manifest::TreeOpener& open) override {
    PackageRequest request = options_.packages;
    request.open = open;
    ModuleTrees trees(open);
    MODTOOL_TRY(const PackageGraph graph, load_packages(request, trees, pool_));
    manifest::Usage usage;
    MODTOOL_TRY(usage.errors, check_graph(graph));
    const PackagesByModule modules = packages_by_module(graph);
    MODTOOL_CHECK(check_collisions(modules));
    MODTOOL_CHECK(add_modules(modules, trees, usage));
    return usage;
  }

 private:
  // The errors that are let pass; fails where none are.
  Result<std::vector<Error>> check_graph(const PackageGraph& graph) const {
    if (!options_.allow_errors && graph.out_of_date) return fail(*graph.out_of_date);
    std::vector<Error> problems = problems_of(graph);
    if (graph.out_of_date) problems.insert(problems.begin(), *graph.out_of_date);
    if (!options_.allow_errors) MODTOOL_CHECK(refuse(std::move(problems)));
    return problems;
  }

  PackagesByModule packages_by_module(const PackageGraph& graph) const {
    PackagesByModule modules;
    for (const Package& package : graph.packages) {
      const std::string& path = package.module.path;
      if (!path.empty() && path != options_.packages.main_path) modules[package.module].push_back(&package);
    }
    for (auto& [module, packages] : modules) std::ranges::sort(packages, {}, &Package::path);
    return modules;
  }

  // Two modules whose paths differ in case only would share a directory on some file systems.
  static Result<void> check_collisions(const PackagesByModule& modules) {
    std::map<std::string, std::string_view> folded;
    for (const auto& [module, packages] : modules) {
      const auto [entry, is_new] = folded.try_emplace(module::fold_case(module.path), module.path);
      if (is_new || entry->second == module.path) continue;
      return fail(Error{.code = Code::kImportCollision,
                        .message = fmt::format("case-insensitive import collision: {} and {}", quote(entry->second),
                                               quote(module.path)),
                        .where = {.file = "go.mod"}});
    }
    return {};
  }

  Result<void> add_modules(const PackagesByModule& modules, ModuleTrees& trees, manifest::Usage& usage) const {
    const std::vector<PackagesByModule::value_type> list(modules.begin(), modules.end());
    std::vector<VendoredFiles> files(list.size());
    usage.modules.resize(list.size());
    MODTOOL_CHECK(pool_.for_each(list.size(), [&](std::size_t i) -> Result<void> {
      MODTOOL_TRY(files[i], files_of(list[i].first, list[i].second, trees));
      for (const Package* package : list[i].second) usage.modules[i].packages.push_back(package->path);
      usage.modules[i].module = list[i].first;
      usage.modules[i].files = std::move(files[i].names);
      return {};
    }));
    std::vector<Error> problems;
    for (auto& each : files) std::ranges::move(each.problems, std::back_inserter(problems));
    if (!options_.allow_errors) return refuse(std::move(problems));
    std::ranges::move(problems, std::back_inserter(usage.errors));
    return {};
  }

  Result<VendoredFiles> files_of(const module::ModuleVersion& module, const std::vector<const Package*>& packages,
                                 ModuleTrees& trees) const {
    MODTOOL_TRY(const auto tree, trees.get(module));
    std::vector<VendoredPackage> vendored;
    for (const Package* package : packages) {
      vendored.push_back({.import_path = package->path, .directory = package->directory, .files = &package->files});
    }
    return select_vendored_files(*tree, to_string(module), vendored, options_.go);
  }

  GoUsageOptions options_;
  WorkerPool& pool_;
};

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> make_go_usage(GoUsageOptions options, WorkerPool& pool) {
  return std::make_unique<GoUsage>(std::move(options), pool);
}

}  // namespace modtool::packages
