// Archives on this machine: those of other machines fetched once, and unpacked for who reads them.
//
//   <cache>/<32 digits of the SHA-256 of the URL>   an archive as it came
//   <cache>/<the same>.lock                         held by who fetches or unpacks it
//   <cache>/<the same>.unpacked                     while it is being unpacked; gone once it is open
//
// What is in the cache has no trust: it is checked each time by who opens it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/archive/archive_entries.hpp"
#include "core/archive/archive_location.hpp"
#include "core/base/cancellation.hpp"
#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/source/http_fetcher.hpp"

namespace modtool::archive {

inline constexpr std::uint64_t kMaxArchive = 1ULL << 30;  // bytes

struct ArchiveCacheOptions {
  std::string directory;  // a directory of modtool's own, absolute; empty: there is none
  bool offline = false;   // nothing but what is in it, and on this machine
  source::HttpPatience patience = {};
};

// What an archive cache works with; all of it outlives the cache.
struct ArchiveCacheInputs {
  io::FileSystem& files;
  io::HttpClient& http;  // that speaks https
  Reporter& reporter;
  const Cancellation& cancellation;
};

enum class CachedCopy { kUse, kPassOver };

struct OpenArchive {
  source::TreeEntries entries;
  std::shared_ptr<const source::TreeContents> contents;
};

// May be used from several threads at once.
class ArchiveCache {
 public:
  // `pool` outlives it, too.
  ArchiveCache(ArchiveCacheOptions options, const ArchiveCacheInputs& inputs, WorkerPool& pool)
      : options_(std::move(options)), inputs_(inputs), http_(inputs.http, inputs.reporter, pool, options_.patience) {}

  // Looks at an opened archive; what it refuses is not kept. A cached archive that cannot be read, or that this refuses
  // with Code::kChecksumMismatch, is fetched anew.
  using Check = std::function<Result<void>(const OpenArchive&)>;

  // Opens an archive, fetched if it has to be or the cached copy is passed over. Code::kOffline, kNotFound and other
  // failures of the network, kTooLarge, and what unpack_archive and `check` say.
  Result<OpenArchive> open(const ArchiveLocation& location, CachedCopy cached, const Check& check);

 private:
  Result<OpenArchive> open_remote(const std::string& url, const std::string& place, CachedCopy cached,
                                  const Check& check);
  Result<OpenArchive> open_file(const std::string& path, const std::string& place, const Check& check);
  Result<OpenArchive> open_bytes(std::string_view bytes, const std::string& place, const Check& check);
  Result<std::string> request(const std::string& url);

  ArchiveCacheOptions options_;
  ArchiveCacheInputs inputs_;
  source::HttpFetcher http_;
};

}  // namespace modtool::archive
