// Modules of Go's cache that nobody has used for long. They are removed under the go command's own locks; but a go that
// reads them takes none, so that none may run meanwhile.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/io/file_system.hpp"
#include "core/module/module_version.hpp"

namespace modtool::goproxy {

struct UnusedModule {
  module::ModuleVersion module;
  std::uint64_t bytes = 0;  // of its files, and of the extracted ones
};

// Used is a module whose files in cache/download were written or read (FileInfo::accessed_ns). `files` and
// `cancellation` outlive it.
class UnusedModules {
 public:
  UnusedModules(CacheLayout layout, io::FileSystem& files, const Cancellation& cancellation)
      : layout_(std::move(layout)), files_(files), cancellation_(cancellation) {}

  // Those that were not used since a moment, in nanoseconds from the beginning of 1970; sorted.
  Result<std::vector<UnusedModule>> find(std::int64_t since_ns) const;
  // Takes the lock of the whole cache, until this object ends.
  Result<void> hold();
  // Removes a module, unless it was used since then after all; gives whether it did. Killed, it leaves what go and
  // modtool take for a module that was not fetched or extracted to its end.
  Result<bool> remove(const module::ModuleVersion& module, std::int64_t since_ns);

 private:
  Result<std::vector<std::string>> version_directories() const;
  Result<void> find_in(const std::string& directory, std::int64_t since_ns, std::vector<UnusedModule>& found) const;
  Result<bool> is_unused(const module::ModuleVersion& module, std::int64_t since_ns) const;
  Result<std::uint64_t> size_of(const module::ModuleVersion& module) const;
  Result<bool> is_own_directory(const std::string& path) const;
  Result<void> remove_tree(const module::ModuleVersion& module);

  CacheLayout layout_;
  io::FileSystem& files_;
  const Cancellation& cancellation_;
  std::unique_ptr<io::FileLock> held_;
};

}  // namespace modtool::goproxy
