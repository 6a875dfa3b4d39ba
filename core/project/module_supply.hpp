// Where a project's modules come from: the source of its dialect, put together.
#pragma once

#include <memory>
#include <mutex>

#include "core/archive/archive_cache.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_remote.hpp"
#include "core/goproxy/go_source.hpp"
#include "core/project/project.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/source/locking_source.hpp"

namespace modtool::project {

// What each dialect's source is told by the settings.
struct SourceSettings {
  goproxy::GoSourceOptions go;
  git::GitConfigFiles git_config;  // the user's; read when a module is first looked for
  git::GitRemoteOptions git_remote;
  archive::ArchiveCacheOptions archives;
  io::HttpOptions https;  // for archives
};

struct SupplyInputs {
  goproxy::GoSourceInputs go;
  const Cancellation& cancellation;
};

// All that the inputs refer to, and the project, outlive the supply and the trees it gives.
class ModuleSupply {
 public:
  static std::unique_ptr<ModuleSupply> open(const Project& project, const SourceSettings& settings,
                                            const SupplyInputs& inputs);

  // The project's lock, by module.
  const resolve::LockIndex& lock() const { return lock_; }
  source::ModuleSource& source() { return *source_; }
  // The same source, where the lock holds the whole graph; nullptr elsewhere.
  source::LockingSource* origins() { return origins_; }

 private:
  ModuleSupply(const Project& project, const SourceSettings& settings)
      : lock_(project.lock), settings_(settings), git_config_(settings_.git_config) {}
  void use_descriptions(const Project& project, const SupplyInputs& inputs);
  Result<std::unique_ptr<git::GitOrigin>> connect(const git::GitUrl& url, const SupplyInputs& inputs);

  resolve::LockIndex lock_;
  SourceSettings settings_;
  git::LazyGitConfig git_config_;
  std::once_flag remotes_made_;
  std::unique_ptr<git::GitRemotes> remotes_;
  std::unique_ptr<io::HttpClient> https_;  // of archives
  std::unique_ptr<source::ModuleSource> source_;
  source::LockingSource* origins_ = nullptr;
};

}  // namespace modtool::project
