#include "cli/operations/list.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "cli/operations/each_project.hpp"
#include "cli/operations/module_directories.hpp"
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

Result<std::vector<ListedModule>> list_one(Session& session, const std::string& dialect, bool prove) {
  MODTOOL_TRY(const auto project, OpenProject::open(session, {.command = "list", .dialect = dialect}));
  MODTOOL_TRY(const auto graph, project->load_graph());
  project->save_index();
  const ModuleLister lister(*project);
  auto directories = directories_at_hand(session, *project, graph);
  if (prove) {
    MODTOOL_TRY(directories, proven_directories(session, *project, graph, dialect));
  }
  std::vector<ListedModule> modules;
  for (const auto& module : graph.build_list()) {
    if (project->project().dialect->builtin(module)) continue;
    modules.push_back(lister.list(module));
    modules.back().dialect = dialect;
    modules.back().directory = directories[module.path];
  }
  return modules;
}

// Which paths each dialect is asked for, by their place in the question.
using Questions = std::map<std::string, std::vector<std::size_t>>;

Result<Questions> sort_questions(Session& session, const std::vector<std::string>& paths) {
  std::vector<ListedModule> modules;
  if (dialects_here(session, "").size() > 1) {
    MODTOOL_TRY(modules, list_modules(session, false));
  }
  Questions questions;
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto lists_it = [&](const ListedModule& listed) { return listed.module.path == paths[i]; };
    const auto found = std::ranges::find_if(modules, lists_it);
    questions[found == modules.end() ? std::string() : found->dialect].push_back(i);
  }
  return questions;
}

}  // namespace

Result<std::vector<ListedModule>> list_modules(Session& session, bool prove) {
  MODTOOL_TRY(auto outcomes,
              run_each<std::vector<ListedModule>>(session, dialects_here(session, ""), [&](const std::string& dialect) {
                return list_one(session, dialect, prove);
              }));
  MODTOOL_TRY(auto lists, all_or_none(std::move(outcomes)));
  std::vector<ListedModule> modules;
  for (auto& list : lists) std::ranges::move(list, std::back_inserter(modules));
  return modules;
}

Result<std::vector<std::vector<std::string>>> list_versions(Session& session, const std::vector<std::string>& paths) {
  for (const auto& path : paths) MODTOOL_CHECK(module::check_path(path));
  MODTOOL_TRY(const auto questions, sort_questions(session, paths));
  std::vector<std::vector<std::string>> lists(paths.size());
  for (const auto& [dialect, asked] : questions) {
    MODTOOL_TRY(const auto opened, OpenProject::open(session, {.command = "list", .dialect = dialect}));
    const resolve::VersionFinder finder(opened->modules(), *opened->project().dialect, opened->project().manifest);
    MODTOOL_CHECK(session.pool.for_each(asked.size(), [&](std::size_t i) -> Result<void> {
      const std::string& path = paths[asked[i]];
      auto versions = finder.allowed_versions(path);
      if (!versions) return fail_in(std::move(versions), "listing the versions of " + path);
      lists[asked[i]] = std::move(*versions);
      return {};
    }));
  }
  return lists;
}

}  // namespace modtool::cli
