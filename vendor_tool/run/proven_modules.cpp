#include "vendor_tool/run/proven_modules.hpp"

#include "core/project/module_graph.hpp"

namespace modtool::vendor_tool {

using manifest::StandIn;
using module::ModuleVersion;

ProvenModules::ProvenModules(const project::Project& project, const manifest::ReplacementTable& replacements,
                             Evidence& evidence, const resolve::LockIndex* lock, WorkerPool& pool)
    : Modules(replacements),
      project_(project),
      evidence_(evidence),
      lock_(lock),
      pool_(pool),
      summaries_(
          {.dialect = *project.dialect, .root = project.manifest, .checksums = project.lock.checksums, .lock = lock}) {}

Result<manifest::Summary> ProvenModules::summary(const ModuleVersion& module) {
  const std::string name(project_.dialect->manifest_name());
  const StandIn what = stand_in(module);
  return summaries_.read(*this, module, what, {.shown = what.path + "/" + name});
}

Result<std::string> ProvenModules::manifest(const ModuleVersion& module) {
  const StandIn what = stand_in(module);
  return what.is_directory() ? evidence_.directory_manifest(module, what.path) : evidence_.manifest(what);
}

Result<manifest::Tree> ProvenModules::tree(const ModuleVersion& module) {
  MODTOOL_TRY(auto tree, evidence_.tree(module, stand_in(module)));
  return tree;
}

Result<std::vector<ModuleVersion>> ProvenModules::build_list() {
  const auto roots = project_.dialect->roots_of(project_.manifest);
  if (roots.prunes) {
    std::vector<ModuleVersion> list;
    for (const auto& main : project_.mains()) list.push_back(main.module);
    list.insert(list.end(), roots.modules.begin(), roots.modules.end());
    return list;
  }
  const std::lock_guard lock(mutex_);
  if (!build_list_) {
    MODTOOL_TRY(build_list_, project::load_build_list(project_, lock_, *this, pool_));
  }
  return *build_list_;
}

}  // namespace modtool::vendor_tool
