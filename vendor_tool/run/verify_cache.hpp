// The part of `verify` that looks at the module cache; `mod verify` is this part alone.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/engine/context.hpp"
#include "core/goproxy/cache_verification.hpp"

namespace modtool::vendor_tool {

struct VerifyCacheOptions {
  std::string manifest_file;  // -modfile
  bool go_face = false;       // compare with the cache's own .ziphash files, as the go command does
};

struct VerifyCacheReport {
  std::size_t modules = 0;  // in the build list
  std::size_t checked = 0;  // zips and extracted trees that were hashed
  std::vector<Error> problems;
};

// The modules whose files a checksum file vouches for.
std::vector<module::ModuleVersion> listed_modules(const manifest::ChecksumTable& checksums);

// Hashes what the module cache holds of modules, and compares it with the checksums, or without those with what the
// cache itself recorded. `verb` begins the lines of progress.
Result<std::vector<goproxy::CachedModule>> hash_cached_modules(const engine::Context& context,
                                                               const std::vector<module::ModuleVersion>& modules,
                                                               const manifest::ChecksumTable* checksums,
                                                               std::string_view verb);

Result<VerifyCacheReport> verify_project_cache(const engine::Context& context, const VerifyCacheOptions& options);

}  // namespace modtool::vendor_tool
