#include "core/packages/go_usage.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <map>

#include "core/base/text.hpp"
#include "core/module/name_collisions.hpp"
#include "core/packages/build_inputs.hpp"
#include "core/packages/lost_inputs.hpp"
#include "core/packages/package_loader.hpp"
#include "core/packages/standard_library.hpp"
#include "core/packages/tree_cache.hpp"
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

// What is wrong with the project as a whole, told alone or before the problems of single packages.
std::optional<Error> verdict_on(const PackageGraph& graph) {
  const auto needs_newer_go = [](const Package& package) {
    return package.problem && package.problem->code == Code::kTooNewGo;
  };
  const auto too_new = std::ranges::find_if(graph.packages, needs_newer_go);
  return too_new != graph.packages.end() ? too_new->problem : graph.out_of_date;
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

Error no_package(const module::ModuleVersion& module, const std::string& path) {
  return {.code = Code::kMissingPackage,
          .message = fmt::format("module {} does not contain package {}", to_string(module), path)};
}

Result<std::string> directory_in(const module::ModuleVersion& module, const std::string& path) {
  if (!has_path_prefix(path, module.path)) return fail(no_package(module, path));
  return path.size() == module.path.size() ? "" : path.substr(module.path.size() + 1);
}

class GoUsage : public manifest::UsageAnalysis {
 public:
  GoUsage(GoUsageOptions options, WorkerPool& pool) : options_(std::move(options)), pool_(pool) {}

  Result<manifest::Usage> analyse(manifest::Modules& modules) override {
    TreeCache trees(modules);
    MODTOOL_TRY(const PackageGraph graph, load_packages(options_.packages, modules, trees, pool_));
    manifest::Usage usage;
    MODTOOL_TRY(usage.errors, check_graph(graph));
    const PackagesByModule packages = packages_by_module(graph);
    MODTOOL_CHECK(check_collisions(packages));
    MODTOOL_CHECK(add_modules(modules, packages, trees, usage));
    return usage;
  }

  Result<manifest::ModuleUsage> select(manifest::Modules& modules, const module::ModuleVersion& module,
                                       const std::vector<std::string>& packages,
                                       const module::ModuleTree& tree) override {
    const std::shared_ptr<const module::ModuleTree> borrowed(std::shared_ptr<void>(), &tree);
    const auto indexed = std::make_shared<const IndexedTree>(borrowed);
    std::vector<PackageScan> scans(packages.size());
    std::vector<VendoredPackage> vendored;
    for (std::size_t i = 0; i < packages.size(); ++i) {
      MODTOOL_TRY(const std::string directory, directory_in(module, packages[i]));
      MODTOOL_TRY(scans[i], scan_package(TreeSources(indexed), directory, Tests::kLeave));
      if (!scans[i].is_package) return fail(no_package(module, packages[i]));
      vendored.push_back({.import_path = packages[i], .directory = directory, .files = &scans[i].files});
    }
    MODTOOL_TRY(Selection selection, select_files(modules, module, vendored, *indexed));
    MODTOOL_CHECK(refuse(std::move(selection.problems)));
    return std::move(selection.usage);
  }

  Result<std::vector<std::string>> read_by_builds(const module::ModuleTree& tree,
                                                  const std::vector<std::string>& files) override {
    const std::shared_ptr<const module::ModuleTree> borrowed(std::shared_ptr<void>(), &tree);
    return find_build_inputs(IndexedTree(borrowed), files);
  }

  bool may_add(std::string_view name) const override { return packages::may_add(name); }

  Result<std::vector<manifest::LostInputs>> find_lost_inputs(const module::ModuleTree& tree,
                                                             const std::vector<std::string>& packages,
                                                             const std::vector<std::string>& vendored) override {
    const std::shared_ptr<const module::ModuleTree> borrowed(std::shared_ptr<void>(), &tree);
    return packages::find_lost_inputs(IndexedTree(borrowed), packages, vendored);
  }

  Result<std::optional<manifest::Imports>> find_imports(manifest::Modules& modules) override {
    TreeCache trees(modules);
    MODTOOL_TRY(const PackageGraph graph, load_packages(options_.packages, modules, trees, pool_));
    manifest::Imports imports;
    for (std::size_t i = 0; i < graph.packages.size(); ++i) {
      const Package& package = graph.packages[i];
      if (!is_of_dependency(package) || imports.chains.contains(package.module.path)) continue;
      imports.chains.emplace(package.module.path, graph.chain_to(i));
    }
    std::vector<Error> problems = problems_of(graph);
    if (!problems.empty()) imports.gap = std::move(problems.front());
    return imports;
  }

 private:
  bool is_of_dependency(const Package& package) const {
    const std::string& path = package.module.path;
    return !path.empty() && !options_.packages.is_main(path);
  }

  // The errors that are let pass; fails where none are.
  Result<std::vector<Error>> check_graph(const PackageGraph& graph) const {
    const auto verdict = verdict_on(graph);
    if (!options_.allow_errors && verdict) return fail(*verdict);
    std::vector<Error> problems = problems_of(graph);
    for (const Error& problem : problems) {
      if (problem.code == Code::kChecksumMismatch) return fail(problem);  // never let pass, and told alone
    }
    if (verdict) problems.insert(problems.begin(), *verdict);
    if (options_.allow_errors) return problems;
    MODTOOL_CHECK(refuse(std::move(problems)));
    return {};
  }

  PackagesByModule packages_by_module(const PackageGraph& graph) const {
    PackagesByModule modules;
    for (const Package& package : graph.packages) {
      if (is_of_dependency(package)) modules[package.module].push_back(&package);
    }
    for (auto& [module, packages] : modules) std::ranges::sort(packages, {}, &Package::path);
    return modules;
  }

  // Two modules whose paths differ in case only would share a directory on some file systems.
  static Result<void> check_collisions(const PackagesByModule& modules) {
    module::PathCollisions paths;
    for (const auto& [module, packages] : modules) {
      const auto other = paths.add(module.path);
      if (!other) continue;
      return fail(Error{
          .code = Code::kImportCollision,
          .message = fmt::format("case-insensitive import collision: {} and {}", quote(*other), quote(module.path)),
          .where = {.file = "go.mod"}});
    }
    return {};
  }

  Result<void> add_modules(manifest::Modules& modules, const PackagesByModule& by_module, TreeCache& trees,
                           manifest::Usage& usage) const {
    const std::vector<PackagesByModule::value_type> list(by_module.begin(), by_module.end());
    std::vector<Selection> selections(list.size());
    MODTOOL_CHECK(pool_.for_each(list.size(), [&](std::size_t i) -> Result<void> {
      MODTOOL_TRY(const auto tree, trees.get(list[i].first));
      std::vector<VendoredPackage> packages;
      for (const Package* package : list[i].second) packages.push_back(vendored(*package));
      MODTOOL_TRY(selections[i], select_files(modules, list[i].first, packages, *tree));
      return {};
    }));
    std::vector<Error> problems;
    for (auto& [selected, module_problems] : selections) {
      usage.modules.push_back(std::move(selected));
      std::ranges::move(module_problems, std::back_inserter(problems));
    }
    if (!options_.allow_errors) return refuse(std::move(problems));
    std::ranges::move(problems, std::back_inserter(usage.errors));
    return {};
  }

  static VendoredPackage vendored(const Package& package) {
    return {.import_path = package.path, .directory = package.directory, .files = &package.files};
  }

  // What one module gives, and which embed patterns of it could not be resolved.
  struct Selection {
    manifest::ModuleUsage usage;
    std::vector<Error> problems;
  };

  // How messages name the directory of a module.
  static std::string place_of(const manifest::Modules& modules, const module::ModuleVersion& module) {
    const std::string place = modules.place(module);
    return place.empty() ? to_string(module) : place;
  }

  Result<Selection> select_files(const manifest::Modules& modules, const module::ModuleVersion& module,
                                 const std::vector<VendoredPackage>& packages, const IndexedTree& tree) const {
    MODTOOL_TRY(VendoredFiles files, select_vendored_files(tree, place_of(modules, module), packages, options_.go));
    Selection selection{.usage = {.module = module, .files = std::move(files.names)},
                        .problems = std::move(files.problems)};
    for (const auto& package : packages) {
      selection.usage.packages.push_back(package.import_path);
      selection.usage.directories.push_back(package.directory);
    }
    std::ranges::sort(selection.usage.packages);
    std::ranges::sort(selection.usage.directories);
    return selection;
  }

  GoUsageOptions options_;
  WorkerPool& pool_;
};

}  // namespace

std::unique_ptr<manifest::UsageAnalysis> make_go_usage(GoUsageOptions options, WorkerPool& pool) {
  return std::make_unique<GoUsage>(std::move(options), pool);
}

}  // namespace modtool::packages
