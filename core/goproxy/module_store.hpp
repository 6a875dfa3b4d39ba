// The modules in Go's cache on disk: each one's zip, the hash of its contents, and the extracted tree. Shared with a
// running go command: the same files, the same locks, the same left-overs cleaned up.
#pragma once

#include <memory>
#include <string>

#include "core/base/reporter.hpp"
#include "core/base/worker_pool.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/goproxy/zip_source.hpp"
#include "core/io/file_system.hpp"
#include "core/source/checksum_verifier.hpp"
#include "core/source/hashed_tree.hpp"

namespace modtool::goproxy {

// What the cache works with. All of it outlives the cache and the trees it gives.
struct CacheInputs {
  io::FileSystem& files;
  ZipSource& origin;  // asked for what the cache lacks
  source::ChecksumVerifier& checksums;
  WorkerPool& pool;
  Reporter& reporter;
  bool writable_trees = false;  // -modcacherw
  bool may_fetch = true;        // false: the origin refuses everything, so the cache is not got ready for it
  bool must_keep = false;       // what cannot be written to the cache is an error, and no warning
};

// Where one module is kept.
struct ModulePlaces {
  std::string zip;
  std::string zip_hash;
  std::string partial;  // there while the go command extracts the module
  std::string lock;
  std::string tree;
};
Result<ModulePlaces> places_of(const CacheLayout& layout, const module::ModuleVersion& module);

// Whether a module is extracted, and to its end.
Result<bool> is_extracted(const io::FileReader& files, const ModulePlaces& places);

// May be used from several threads and processes at once. What is fetched is checked (rules for zips, checksums)
// before it gets its name in the cache.
class ModuleStore {
 public:
  ModuleStore(CacheLayout layout, const CacheInputs& inputs) : layout_(std::move(layout)), inputs_(inputs) {}

  // The directory with the module's files, fetched and extracted where it is absent. What is there is trusted as the
  // go command trusts it: its .ziphash file is compared with the checksums.
  Result<std::string> directory(const module::ModuleVersion& module);
  // The h1 hash of the module's zip, which is fetched where it is absent, and extracted then; of one that is there, the
  // hash that the cache has recorded is compared with the checksums.
  Result<std::string> zip(const module::ModuleVersion& module);
  // The module's contents, read and hashed now, and checked: from the zip, or from the directory where only that is
  // there. Fetched, and extracted too, where it is absent.
  Result<source::HashedTree> contents(const module::ModuleVersion& module);

 private:
  Result<source::HashedTree> fill(const module::ModuleVersion& module, const ModulePlaces& places);
  Result<std::unique_ptr<io::FileLock>> lock_module(const ModulePlaces& places);
  Result<source::HashedTree> fill_locked(const module::ModuleVersion& module, const ModulePlaces& places);
  Result<void> fill_zip(const module::ModuleVersion& module, const ModulePlaces& places);
  Result<void> keep_zip(const module::ModuleVersion& module, const ModulePlaces& places, const std::string& path,
                        source::BytesFrom from);
  Result<source::HashedTree> extract(const module::ModuleVersion& module, const ModulePlaces& places,
                                     const std::string& zip, source::BytesFrom from);
  Error refusal(const module::ModuleVersion& module);
  Result<source::HashedTree> fetch(const module::ModuleVersion& module, const ModulePlaces& places);
  Result<std::string> check_recorded_hash(const module::ModuleVersion& module, const ModulePlaces& places);

  CacheLayout layout_;
  CacheInputs inputs_;
};

}  // namespace modtool::goproxy
