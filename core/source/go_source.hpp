// The module source of the Go dialect: Go's module cache, filled from the proxies of GOPROXY, with every byte checked
// against go.sum on the way. Replacements are applied by the caller.
#pragma once

#include <memory>
#include <string>

#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/source/module_source.hpp"

namespace modtool::source {

// What is done where go.sum has no line for something that is read.
enum class ChecksumRule {
  kModMode,   // `go mod graph|verify|why`: what the cache holds is taken as it is
  kReadonly,  // `go mod vendor`: an error with Go's words
  kOwnFace,   // modtool's own commands: an error, and the bytes are hashed again whenever they are read
};

struct GoSourceOptions {
  std::string cache;        // GOMODCACHE, absolute
  std::string proxies;      // GOPROXY; empty: none was configured
  std::string no_proxy;     // GONOPROXY
  std::string no_sum_db;    // GONOSUMDB
  bool sum_db_off = false;  // GOSUMDB=off
  bool offline = false;
  bool writable_cache = false;  // -modcacherw
  ChecksumRule rule = ChecksumRule::kOwnFace;
  std::string command;  // "mod vendor", for messages
};

// A ModuleSource that also tells where things are.
class GoSource : public ModuleSource {
 public:
  // The directory that the cache extracted a module to, the module fetched first where need be.
  virtual Result<std::string> directory(const module::ModuleVersion& module) = 0;
};

// `checksums`, `files` and `http` outlive the source.
std::unique_ptr<GoSource> make_go_source(GoSourceOptions options, const manifest::ChecksumTable& checksums,
                                         io::FileSystem& files, io::HttpClient* http, WorkerPool& pool);

}  // namespace modtool::source
