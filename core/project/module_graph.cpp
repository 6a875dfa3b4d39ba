#include "core/project/module_graph.hpp"

#include <utility>

#include "core/resolve/whole_lock.hpp"

namespace modtool::project {

resolve::GraphInputs graph_inputs(const Project& project, const manifest::Manifest& manifest,
                                  manifest::Modules& modules, WorkerPool& pool) {
  auto roots = project.dialect->roots_of(manifest);
  return {.mains = {{.module = project.mains().front().module, .require = roots.modules}},
          .roots = std::move(roots),
          .manifest = manifest,
          .dialect = *project.dialect,
          .modules = modules,
          .pool = pool};
}

Fix relocking() { return Fix::modtool("tidy"); }

Result<void> check_whole(const Project& project, const resolve::LockIndex* lock, const resolve::ModuleGraph& graph,
                         const manifest::Modules& modules) {
  if (lock == nullptr) return {};
  return resolve::check_lock_is_whole(graph, modules, *lock, std::string(project.dialect->lock_name()), relocking());
}

Result<std::vector<module::ModuleVersion>> load_build_list(const Project& project, const resolve::LockIndex* lock,
                                                           manifest::Modules& modules, WorkerPool& pool) {
  MODTOOL_TRY(const auto graph, resolve::ModuleGraph::load(graph_inputs(project, project.manifest, modules, pool)));
  MODTOOL_CHECK(check_whole(project, lock, graph, modules));
  return graph.build_list();
}

}  // namespace modtool::project
