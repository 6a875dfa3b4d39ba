// The caches that the runs of a user share: where they are, how large they are, and what of them nobody has used for
// long.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/engine/context.hpp"

namespace modtool::engine {

struct CacheUsage {
  std::string name;  // "go", "git", "archives", "store", "index"
  std::string path;  // absolute
  std::size_t files = 0;
  std::uint64_t bytes = 0;
};

// Those that the settings name, Go's module cache first. Links are counted, not followed.
Result<std::vector<CacheUsage>> list_caches(const Context& context);

struct PruneOptions {
  std::int64_t since_ns = 0;  // what was used since then stays: nanoseconds from the beginning of 1970
  bool prunes_go = false;     // Go's module cache, too
  bool dry_run = false;       // nothing is removed
};

struct PrunedEntry {
  std::string cache;  // as above
  std::string path;   // of a repository, an archive or a tree; of Go's modules "path@version"
  std::uint64_t bytes = 0;
};

struct PruneReport {
  std::vector<PrunedEntry> entries;
  std::vector<Error> failures;  // of entries that could not be removed
};

// Removes what nobody has used; or only says what that would be. Repositories, archives and trees of the store are used
// when a run opens them; modules of Go's cache when their files in cache/download are written or, as far as the file
// system notes it, read. The index of requirements is one file, which every run uses.
Result<PruneReport> prune_caches(const Context& context, const PruneOptions& options);

}  // namespace modtool::engine
