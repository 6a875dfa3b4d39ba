#include "core/engine/list.hpp"

#include <algorithm>
#include <iterator>

#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "core/module/path.hpp"
#include "core/resolve/version_finder.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

class ModuleLister {
 public:
  explicit ModuleLister(OpenProject& opened) : opened_(opened), direct_(direct_paths(opened.project())) {}

  ListedModule list(const ModuleVersion& module) const {
    ListedModule listed{.module = module};
    if (module.version.empty()) return listed;
    const manifest::StandIn stand_in = opened_.modules().stand_in(module);
    if (stand_in != module) listed.replacement = stand_in;
    listed.indirect = !direct_.contains(module.path);
    listed.sum = opened_.project().lock.checksums.h1(stand_in);
    if (const auto* locked = opened_.locked(stand_in)) {
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

  OpenProject& opened_;
  std::set<std::string, std::less<>> direct_;
};

Result<std::vector<ListedModule>> list_at_hand(const Context& context, const ProjectChoice& choice) {
  MODTOOL_TRY(const auto opened, OpenProject::open(context, {.command = "list", .choice = choice}));
  MODTOOL_TRY(const auto graph, opened->load_graph());
  opened->save_index();
  MODTOOL_TRY(const auto directories, directories_at_hand(context, *opened, graph));
  return list_graph(*opened, graph, directories, choice.which.name());
}

// Which paths a project is asked for, by their place in the question.
struct Question {
  ProjectChoice choice;
  std::vector<std::size_t> asked;
};

// A path is for the first project that lists it, else for the one that the settings are about.
Result<std::vector<Question>> sort_questions(const Context& context, const std::vector<std::string>& paths) {
  MODTOOL_TRY(const auto choices, choose_projects(context, ""));
  std::vector<Question> questions(choices.size() + 1);
  for (std::size_t i = 0; i < choices.size(); ++i) questions[i].choice = choices[i];
  std::vector<ListedModule> listed;
  if (choices.size() > 1) {
    MODTOOL_TRY(listed, list_modules(context));
  }
  for (std::size_t i = 0; i < paths.size(); ++i) {
    const auto found = std::ranges::find(listed, paths[i], [](const auto& each) { return each.module.path; });
    const auto named = [&](const Question& question) { return question.choice.which.name() == found->dialect; };
    auto& question = found == listed.end() ? questions.back() : *std::ranges::find_if(questions, named);
    question.asked.push_back(i);
  }
  std::erase_if(questions, [](const Question& question) { return question.asked.empty(); });
  return questions;
}

}  // namespace

std::vector<ListedModule> list_graph(OpenProject& opened, const resolve::ModuleGraph& graph,
                                     const ModuleDirectories& directories, const std::string& dialect) {
  const ModuleLister lister(opened);
  const auto build_list = graph.build_list();
  std::vector<ListedModule> modules;
  modules.reserve(build_list.size());
  for (const auto& module : build_list) {
    if (opened.project().dialect->builtin(module)) continue;
    modules.push_back(lister.list(module));
    modules.back().dialect = dialect;
    const auto directory = directories.find(module.path);
    if (directory != directories.end()) modules.back().directory = directory->second;
  }
  return modules;
}

Result<std::vector<ListedModule>> list_modules(const Context& context) {
  MODTOOL_TRY(const auto choices, choose_projects(context, ""));
  MODTOOL_TRY(auto outcomes, run_each<std::vector<ListedModule>>(
                                 choices, [&](const ProjectChoice& choice) { return list_at_hand(context, choice); }));
  return join_lists(std::move(outcomes));
}

Result<std::vector<ListedModule>> join_lists(std::vector<Outcome<std::vector<ListedModule>>> outcomes) {
  MODTOOL_TRY(auto lists, all_or_none(std::move(outcomes)));
  if (lists.size() == 1) return std::move(lists.front());
  std::vector<ListedModule> modules;
  for (auto& list : lists) std::ranges::move(list, std::back_inserter(modules));
  return modules;
}

Result<std::vector<std::vector<std::string>>> list_versions(const Context& context,
                                                            const std::vector<std::string>& paths) {
  for (const auto& path : paths) MODTOOL_CHECK(module::check_path(path));
  MODTOOL_TRY(const auto questions, sort_questions(context, paths));
  std::vector<std::vector<std::string>> lists(paths.size());
  for (const auto& [choice, asked] : questions) {
    MODTOOL_TRY(const auto opened, OpenProject::open(context, {.command = "list", .choice = choice}));
    const resolve::VersionFinder finder(opened->source(), *opened->project().dialect, opened->project().manifest);
    MODTOOL_CHECK(context.pool.for_each(asked.size(), [&](std::size_t i) -> Result<void> {
      const std::string& path = paths[asked[i]];
      auto versions = finder.allowed_versions(path);
      if (!versions) return fail_in(std::move(versions), "listing the versions of " + path);
      lists[asked[i]] = std::move(*versions);
      return {};
    }));
  }
  return lists;
}

}  // namespace modtool::engine
