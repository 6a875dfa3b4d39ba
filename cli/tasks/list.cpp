#include "cli/tasks/list.hpp"

#include <utility>

namespace modtool::tasks {
namespace {

using engine::ListedModule;
using engine::ModuleDirectories;

Result<ModuleDirectories> proven_directories(const engine::Context& context, engine::OpenProject& opened,
                                             const resolve::ModuleGraph& graph, const engine::ProjectChoice& choice,
                                             ProofListener& listener) {
  MODTOOL_TRY(const auto sources, prove_sources(context, opened, "", choice, listener));
  MODTOOL_TRY(auto directories, engine::directories_at_hand(context, opened, graph));
  if (sources == build::Sources::kVendor || opened.project().can.has_module_cache) return directories;
  MODTOOL_TRY(const auto modules, locate_modules(context, opened, sources));
  for (const auto& input : modules) directories[input.module.path] = opened.project().path_of(input.directory);
  return directories;
}

Result<std::vector<ListedModule>> list_one(const engine::Context& context, const engine::ProjectChoice& choice,
                                           ProofListener& listener) {
  MODTOOL_TRY(const auto opened, engine::OpenProject::open(context, {.command = "list", .choice = choice}));
  MODTOOL_TRY(const auto graph, opened->load_graph());
  opened->save_index();
  MODTOOL_TRY(const auto directories, proven_directories(context, *opened, graph, choice, listener));
  return engine::list_graph(*opened, graph, directories, choice.which.name());
}

}  // namespace

Result<std::vector<ListedModule>> list_proven_modules(const engine::Context& context, ProofListener& listener) {
  MODTOOL_TRY(const auto choices, engine::choose_projects(context, ""));
  MODTOOL_TRY(auto outcomes,
              engine::run_each<std::vector<ListedModule>>(
                  choices, [&](const engine::ProjectChoice& choice) { return list_one(context, choice, listener); }));
  return engine::join_lists(std::move(outcomes));
}

}  // namespace modtool::tasks
