// Where a project's modules come from: the source of its dialect, put together.
#pragma once

#include <vector>

#include "core/archive/archive_cache.hpp"
#include "core/base/cancellation.hpp"
#include "core/base/reporter.hpp"
#include "core/base/worker_pool.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_remote.hpp"
#include "core/goproxy/go_login.hpp"
#include "core/goproxy/go_source.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/resolve/lock_index.hpp"
#include "core/source/locking_source.hpp"
#include "core/source/route.hpp"

namespace modtool::project {

struct Project;

// What each dialect's source is told by the settings.
struct SourceSettings {
  goproxy::GoSourceOptions go;
  goproxy::GoAuth go_auth;
  git::GitConfigFiles git_config;  // the user's; read when a module is first looked for
  git::GitRemoteOptions git_remote;
  archive::ArchiveCacheOptions archives;
  io::HttpOptions http;  // of what is asked by Go's proxies and for archives
};

// What a source works with.
struct SupplyInputs {
  const Project& project;
  const resolve::LockIndex& lock;  // the project's
  io::FileSystem& files;
  WorkerPool& pool;
  Reporter& reporter;
  const Cancellation& cancellation;
};

// A source, and what it is made of. All that the inputs refer to outlives the supply and the trees it gives.
class ModuleSupply {
 public:
  virtual ~ModuleSupply() = default;
  virtual source::ModuleSource& source() = 0;
  // The same source, where modules have origins of their own (Capabilities::has_origins); nullptr elsewhere.
  virtual source::LockingSource* origins() { return nullptr; }
  // The same source, where it is Go's module cache (Capabilities::has_module_cache); nullptr elsewhere.
  virtual goproxy::GoSource* module_cache() { return nullptr; }

  // For `doctor`. Nobody is asked, no program is run and nothing is written by the first two.
  // Who is asked for these modules.
  virtual std::vector<source::Route> routes(const std::vector<module::ModuleVersion>& modules) = 0;
  // Where logins are looked for.
  virtual std::vector<Observation> login_places() = 0;
  // Asks whoever a route leads to, once, as a run would: programs that have logins are run.
  virtual source::Answer ask(const source::Route& route) = 0;
};

}  // namespace modtool::project
