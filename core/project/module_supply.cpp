#include "core/project/module_supply.hpp"

#include "core/archive/archive_source.hpp"
#include "core/git/git_source.hpp"
#include "core/source/described_source.hpp"

namespace modtool::project {

using module::ModuleVersion;

std::unique_ptr<ModuleSupply> ModuleSupply::open(const Project& project, const SourceSettings& settings,
                                                 const SupplyInputs& inputs) {
  std::unique_ptr<ModuleSupply> supply(new ModuleSupply(project, settings));
  if (project.can.locks_graph) {
    supply->use_descriptions(project, inputs);
  } else {
    supply->source_ = goproxy::make_go_source(settings.go, inputs.go);
  }
  return supply;
}

Result<std::unique_ptr<git::GitOrigin>> ModuleSupply::connect(const git::GitUrl& url, const SupplyInputs& inputs) {
  std::call_once(remotes_made_, [&] {
    remotes_ = std::make_unique<git::GitRemotes>(settings_.git_remote, git_config_, inputs.go.reporter, inputs.go.files,
                                                 inputs.cancellation);
  });
  return remotes_->open(url);
}

void ModuleSupply::use_descriptions(const Project& project, const SupplyInputs& inputs) {
  const auto describe = [&project](const std::string& path) -> const manifest::Description* {
    const auto found = project.manifest.describe.find(path);
    return found == project.manifest.describe.end() ? nullptr : &found->second;
  };
  const auto locked = [this](const ModuleVersion& module) { return lock_.find(module); };
  const auto synthesise = [&project](const ModuleVersion& module) {
    return project.dialect->synthesise_manifest(module.path);
  };
  const auto config = [this] { return git_config_.get(); };
  const auto connect_to = [this, inputs](const git::GitUrl& url) { return connect(url, inputs); };
  const std::string manifest_name(project.dialect->manifest_name());
  https_ = io::make_http_client(inputs.cancellation, settings_.https);
  source::DescribedSources sources;
  sources.git = git::make_git_source({manifest_name, project.root, config, describe, locked, synthesise, connect_to});
  sources.archives =
      archive::make_archive_source({manifest_name, project.root, settings_.archives, describe, locked, synthesise},
                                   {inputs.go.files, *https_, inputs.go.reporter, inputs.cancellation}, inputs.go.pool);
  sources.is_archive = [describe](const std::string& path) {
    const auto* const description = describe(path);
    return description != nullptr && !description->archive.empty();
  };
  auto described = source::make_described_source(std::move(sources));
  origins_ = described.get();
  source_ = std::move(described);
}

}  // namespace modtool::project
