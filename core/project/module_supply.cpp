#include "core/project/module_supply.hpp"

namespace modtool::project {

using module::ModuleVersion;

Result<std::unique_ptr<ModuleSupply>> ModuleSupply::open(const Project& project, const SourceSettings& settings,
                                                         const source::GoSourceInputs& inputs) {
  std::unique_ptr<ModuleSupply> supply(new ModuleSupply(project));
  if (project.dialect->locks_graph()) {
    MODTOOL_TRY(auto config, source::load_git_config(settings.git));
    supply->use_git(project, std::move(config));
  } else {
    supply->modules_ = source::make_go_source(settings.go, inputs);
  }
  return supply;
}

void ModuleSupply::use_git(const Project& project, source::GitConfig config) {
  source::GitSourceOptions options{.manifest_name = std::string(project.dialect->manifest_name()),
                                   .directory = project.root,
                                   .config = std::move(config)};
  options.describe = [&project](const std::string& path) -> const manifest::Description* {
    const auto found = project.manifest.describe.find(path);
    return found == project.manifest.describe.end() ? nullptr : &found->second;
  };
  options.locked = [this](const ModuleVersion& module) -> const manifest::GitPin* {
    const auto* locked = lock_.find(module);
    return locked == nullptr || locked->git.commit.empty() ? nullptr : &locked->git;
  };
  options.synthesise = [&project](const ModuleVersion& module) {
    return project.dialect->synthesise_manifest(module.path);
  };
  auto git = source::make_git_source(std::move(options));
  git_ = git.get();
  modules_ = std::move(git);
}

}  // namespace modtool::project
