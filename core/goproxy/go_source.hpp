// The module source of the Go dialect, put together: Go's module cache, filled from the proxies of GOPROXY, with every
// byte checked against go.sum on the way. Replacements are applied by the caller.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/base/reporter.hpp"
#include "core/base/worker_pool.hpp"
#include "core/goproxy/module_parts.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/source/checksum_verifier.hpp"
#include "core/source/http_fetcher.hpp"
#include "core/source/module_source.hpp"

namespace modtool::goproxy {

struct GoSourceOptions {
  std::string cache;            // GOMODCACHE, absolute
  std::string proxies;          // GOPROXY
  std::string proxies_again;    // the setting that undoes GOPROXY=off
  std::string no_proxy;         // GONOPROXY
  std::string no_sum_db;        // GONOSUMDB
  bool sum_db_off = false;      // GOSUMDB=off
  bool offline = false;         // --offline: nothing is fetched, whatever GOPROXY says
  bool writable_cache = false;  // -modcacherw
  bool fills_cache = false;     // what cannot be kept is an error, and no warning
  bool learns = false;          // of checksums (source::ChecksumPolicy)
  source::ChecksumRule rule = source::ChecksumRule::kOwnFace;
  source::HttpPatience patience = {};
};

// What a source works with; all of it outlives the source and the trees it gives.
struct GoSourceInputs {
  const manifest::ChecksumTable& checksums;
  io::FileSystem& files;
  io::HttpClient& http;
  WorkerPool& pool;
  Reporter& reporter;
};

// A ModuleSource that also tells where things are.
class GoSource : public source::ModuleSource {
 public:
  // The directory that the cache extracted a module to, the module fetched first where need be.
  virtual Result<std::string> directory(const module::ModuleVersion& module) = 0;
  // Brings all parts of a module to the cache, as `go mod download` does.
  virtual ModuleParts bring(const module::ModuleVersion& module) = 0;
  // Whether a module is taken although go.sum has no line of it.
  virtual bool may_learn(const module::ModuleVersion& module) const = 0;
  // The lines that go.sum lacks for what was accepted without one.
  virtual std::vector<std::pair<module::ModuleVersion, std::string>> learned_checksums() const = 0;
};

// An unusable option is an error (Code::kBadSetting) of the first thing that is asked for and needs it: GOPROXY of what
// is to be fetched, the cache of everything.
std::unique_ptr<GoSource> make_go_source(const GoSourceOptions& options, const GoSourceInputs& inputs);

}  // namespace modtool::goproxy
