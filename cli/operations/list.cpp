#include "cli/operations/list.hpp"

#include "cli/operations/open_project.hpp"
#include "core/module/path.hpp"
#include "core/resolve/version_finder.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

class ModuleLister {
 public:
  explicit ModuleLister(const OpenProject& project) : project_(project), direct_(direct_paths(project.project())) {}

  ListedModule list(const ModuleVersion& module) const {
    ListedModule listed{.module = module};
    if (module.version.empty()) return listed;
    const auto* replacement = project_.replacements().find(module);
    if (replacement != nullptr) listed.replacement = replacement->to;
    const ModuleVersion& actual = replacement != nullptr ? replacement->to : module;
    listed.indirect = !direct_.contains(module.path);
    listed.sum = project_.project().lock.checksums.h1(actual);
    if (const auto* locked = project_.locked(actual)) {
      listed.git = locked->git;
      listed.archive = locked->archive;
      listed.submodules = locked->submodules;
    }
    return listed;
  }

 private:
  static std::set<std::string, std::less<>> direct_paths(const project::Project& project) {
    return project.dialect->roots_of(project.manifest).direct;
  }

  const OpenProject& project_;
  std::set<std::string, std::less<>> direct_;
};

}  // namespace

Result<std::vector<ListedModule>> list_modules(Session& session) {
  MODTOOL_TRY(const auto project, OpenProject::open(session, {.command = "list"}));
  MODTOOL_TRY(const auto graph, project->load_graph());
  project->save_index();
  const ModuleLister lister(*project);
  std::vector<ListedModule> modules;
  for (const auto& module : graph.build_list()) {
    if (!project->project().dialect->builtin(module)) modules.push_back(lister.list(module));
  }
  return modules;
}

Result<std::vector<std::vector<std::string>>> list_versions(Session& session, const std::vector<std::string>& paths) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, {.command = "list"}));
  const resolve::VersionFinder finder(opened->modules(), *opened->project().dialect, opened->project().manifest);
  std::vector<std::vector<std::string>> lists(paths.size());
  for (const auto& path : paths) MODTOOL_CHECK(module::check_path(path));
  MODTOOL_CHECK(session.pool.for_each(paths.size(), [&](std::size_t i) -> Result<void> {
    auto versions = finder.allowed_versions(paths[i]);
    if (!versions) return fail_in(std::move(versions), "listing the versions of " + paths[i]);
    lists[i] = std::move(*versions);
    return {};
  }));
  return lists;
}

}  // namespace modtool::cli
