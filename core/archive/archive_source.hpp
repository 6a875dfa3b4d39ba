// The module source of the native dialect for libraries that are published as archives: each version is a file whose
// URL follows from it. There is no list of versions; they are what the manifest names.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "core/archive/archive_cache.hpp"
#include "core/base/worker_pool.hpp"
#include "core/manifest/description.hpp"
#include "core/source/locking_source.hpp"

namespace modtool::archive {

struct ArchiveSourceOptions {
  std::string manifest_name;  // of a module's own manifest, in its directory
  std::string directory;      // what a relative path to an archive is relative to
  ArchiveCacheOptions cache;

  // As for Git (git_source.hpp). What is described of the paths that this source is asked for has an archive.
  std::function<const manifest::Description*(const std::string& path)> describe;
  std::function<const manifest::LockedModule*(const module::ModuleVersion&)> locked = [](const auto&) {
    return nullptr;
  };
  std::function<std::string(const module::ModuleVersion&)> synthesise = [](const auto&) { return std::string(); };
};

// `pool` and what the inputs refer to outlive the source.
//
// A module whose URL is locked has the locked hash, or is Code::kChecksumMismatch: nothing of the archive is taken or
// kept then.
std::unique_ptr<source::LockingSource> make_archive_source(ArchiveSourceOptions options,
                                                           const ArchiveCacheInputs& inputs, WorkerPool& pool);

}  // namespace modtool::archive
