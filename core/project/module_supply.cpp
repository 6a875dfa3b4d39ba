#include "core/project/module_supply.hpp"

#include "core/source/archive_source.hpp"
#include "core/source/described_source.hpp"
#include "core/source/git_source.hpp"

namespace modtool::project {

using module::ModuleVersion;

Result<std::unique_ptr<ModuleSupply>> ModuleSupply::open(const Project& project, const SourceSettings& settings,
                                                         const SupplyInputs& inputs) {
  std::unique_ptr<ModuleSupply> supply(new ModuleSupply(project, settings));
  if (project.dialect->locks_graph()) {
    MODTOOL_TRY(auto config, source::load_git_config(settings.git_config));
    supply->use_descriptions(project, std::move(config), inputs);
  } else {
    supply->modules_ = source::make_go_source(settings.go, inputs.go);
  }
  return supply;
}

void ModuleSupply::use_descriptions(const Project& project, source::GitConfig config, const SupplyInputs& inputs) {
  const auto describe = [&project](const std::string& path) -> const manifest::Description* {
    const auto found = project.manifest.describe.find(path);
    return found == project.manifest.describe.end() ? nullptr : &found->second;
  };
  const auto locked = [this](const ModuleVersion& module) { return lock_.find(module); };
  const auto synthesise = [&project](const ModuleVersion& module) {
    return project.dialect->synthesise_manifest(module.path);
  };
  const auto connect = [this, &files = inputs.go.files,
                        &cancellation = inputs.cancellation](const source::GitUrl& url) {
    return source::open_remote_origin(url, settings_.git_remote, files, cancellation);
  };
  const std::string manifest_name(project.dialect->manifest_name());
  https_ = io::make_http_client(inputs.cancellation, settings_.https);
  source::DescribedSources sources;
  sources.git =
      source::make_git_source({manifest_name, project.root, std::move(config), describe, locked, synthesise, connect});
  sources.archives =
      source::make_archive_source({manifest_name, project.root, settings_.archives, describe, locked, synthesise},
                                  {inputs.go.files, *https_, inputs.go.observer, inputs.cancellation}, inputs.go.pool);
  sources.is_archive = [describe](const std::string& path) {
    const auto* const description = describe(path);
    return description != nullptr && !description->archive.empty();
  };
  auto described = source::make_described_source(std::move(sources));
  locking_ = described.get();
  modules_ = std::move(described);
}

}  // namespace modtool::project
