// A directory that go can use as its proxy (GOPROXY=file://DIR), made of what the module cache holds: the same layout
// without `cache/download` in front (go.dev/ref/mod#goproxy-protocol).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/io/file_system.hpp"

namespace modtool::goproxy {

// Every file gets its name in one step, and none that is right already is written. `files` outlives it. `add` may be
// called from several threads at once.
class ProxyTree {
 public:
  ProxyTree(CacheLayout cache, std::string directory, io::FileSystem& files)
      : cache_(std::move(cache)), directory_(std::move(directory)), files_(files) {}

  // Copies files of a module, by their suffixes ("mod"), from the cache, which has them; gives how many were written.
  Result<std::size_t> add(const module::ModuleVersion& module, const std::vector<std::string_view>& suffixes);
  // Brings the list of versions of a path up to date, if there is anything of it.
  Result<void> list_versions(const std::string& path, const Cancellation& cancellation);

  const std::string& directory() const { return directory_; }

 private:
  std::string place_of(const std::string& cached) const;

  CacheLayout cache_;
  std::string directory_;
  io::FileSystem& files_;
};

}  // namespace modtool::goproxy
