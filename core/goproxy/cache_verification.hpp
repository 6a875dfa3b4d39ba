// Whether the module cache still holds what was downloaded: `go mod verify`, and modtool's stronger form of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/reporter.hpp"
#include "core/base/worker_pool.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/checksum_table.hpp"
#include "core/module/module_version.hpp"

namespace modtool::goproxy {

struct CacheVerification {
  CacheLayout layout;
  const io::FileReader& files;
  WorkerPool& pool;
  // The hashes to compare with. None: the cache's own `.ziphash` files, as the go command does. With them, everything
  // is compared that the cache holds of a module: zip, extracted tree, `.ziphash` and go.mod; a module that has no line
  // is compared with its `.ziphash`, for want of something better.
  const manifest::ChecksumTable* checksums = nullptr;
  Reporter& reporter;
  std::string_view verb = "hashing";  // of the task
};

// What was found of one module.
struct CachedModule {
  module::ModuleVersion module;
  std::size_t checked = 0;      // how many of zip and extracted tree were there and hashed
  std::vector<Error> problems;  // in Go's words: "example.com/a v1.0.0: dir has been modified (…)"
};

// Verifies each module's zip and extracted tree, in parallel; the result is in the order of `modules`. Modules that the
// cache does not hold are no problem. An error is the cancellation.
Result<std::vector<CachedModule>> verify_cache(const CacheVerification& verification,
                                               const std::vector<module::ModuleVersion>& modules);

}  // namespace modtool::goproxy
