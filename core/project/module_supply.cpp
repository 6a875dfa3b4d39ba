#include "core/project/module_supply.hpp"

namespace modtool::project {

using module::ModuleVersion;

Result<std::unique_ptr<ModuleSupply>> ModuleSupply::open(const Project& project, const SourceSettings& settings,
                                                         const SupplyInputs& inputs) {
  std::unique_ptr<ModuleSupply> supply(new ModuleSupply(project, settings));
  if (project.dialect->locks_graph()) {
    MODTOOL_TRY(auto config, source::load_git_config(settings.git_config));
    supply->use_git(project, std::move(config), inputs);
  } else {
    supply->modules_ = source::make_go_source(settings.go, inputs.go);
  }
  return supply;
}

void ModuleSupply::use_git(const Project& project, source::GitConfig config, const SupplyInputs& inputs) {
  source::GitSourceOptions options{.manifest_name = std::string(project.dialect->manifest_name()),
                                   .directory = project.root,
                                   .config = std::move(config)};
  options.describe = [&project](const std::string& path) -> const manifest::Description* {
    const auto found = project.manifest.describe.find(path);
    return found == project.manifest.describe.end() ? nullptr : &found->second;
  };
  options.locked = [this](const ModuleVersion& module) { return lock_.find(module); };
  options.synthesise = [&project](const ModuleVersion& module) {
    return project.dialect->synthesise_manifest(module.path);
  };
  options.connect = [this, &files = inputs.go.files, &cancellation = inputs.cancellation](const source::GitUrl& url) {
    return source::open_remote_origin(url, settings_.git_remote, files, cancellation);
  };
  auto git = source::make_git_source(std::move(options));
  locking_ = git.get();
  modules_ = std::move(git);
}

}  // namespace modtool::project
