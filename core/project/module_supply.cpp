#include "core/project/module_supply.hpp"

namespace modtool::project {

using module::ModuleVersion;

std::unique_ptr<ModuleSupply> ModuleSupply::open(const Project& project, const SourceSettings& settings,
                                                 const SupplyInputs& inputs) {
  std::unique_ptr<ModuleSupply> supply(new ModuleSupply(project, settings));
  if (project.dialect->locks_graph()) {
    supply->use_git(project, inputs);
  } else {
    supply->modules_ = source::make_go_source(settings.go, inputs.go);
  }
  return supply;
}

void ModuleSupply::use_git(const Project& project, const SupplyInputs& inputs) {
  source::GitSourceOptions options{.manifest_name = std::string(project.dialect->manifest_name()),
                                   .directory = project.root,
                                   .config = [this] { return git_config_.get(); }};
  options.describe = [&project](const std::string& path) -> const manifest::Description* {
    const auto found = project.manifest.describe.find(path);
    return found == project.manifest.describe.end() ? nullptr : &found->second;
  };
  options.locked = [this](const ModuleVersion& module) { return lock_.find(module); };
  options.synthesise = [&project](const ModuleVersion& module) {
    return project.dialect->synthesise_manifest(module.path);
  };
  options.connect = [this, inputs](const source::GitUrl& url) -> Result<std::unique_ptr<source::GitOrigin>> {
    std::call_once(remotes_made_, [&] {
      remotes_ = std::make_unique<source::GitRemotes>(settings_.git_remote(), git_config_, inputs.go.observer,
                                                      inputs.go.files, inputs.cancellation);
    });
    return remotes_->open(url);
  };
  auto git = source::make_git_source(std::move(options));
  locking_ = git.get();
  modules_ = std::move(git);
}

}  // namespace modtool::project
