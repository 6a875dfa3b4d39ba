// A cache of what dependencies' manifests say, keyed by the hash of the manifest (the `/go.mod` hash that go.sum
// holds): with it, the graph of a project whose go.sum is complete is read from one file.
//
// It is a cache and nothing else: a missing, older or damaged file is an empty one, errors are never stored, and the
// proof of a vendor directory does not use it. Replacements, exclusions and every check apply after the look-up.
//
// The file, all numbers little-endian:
//
//     "modtool-index-1\n"                                    16 bytes
//     count                                                  u64
//     count × { sha256 of the key's hash 32 bytes, offset u64, size u32, check u32 }   sorted by hash
//     records, each at its offset: strings as u32 length + bytes
//
// `check` is a CRC-32 of the record, so a damaged record is a miss and not a wrong answer.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/base/sha256.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"

namespace modtool::resolve {

// May be used from several threads at once.
class RequirementIndex {
 public:
  // Opens the index at `path`; whatever is wrong with it makes it empty.
  static std::unique_ptr<RequirementIndex> open(const io::FileReader& files, std::string path);

  // The summary of the manifest with this h1 hash. An empty or unknown hash finds nothing.
  std::optional<manifest::Summary> find(std::string_view h1) const;
  void add(std::string_view h1, const manifest::Summary& summary);

  // Writes what was added together with what was there, if anything was added.
  Result<void> save(io::FileSystem& files) const;

 private:
  explicit RequirementIndex(std::string path) : path_(std::move(path)) {}
  bool accept(std::unique_ptr<io::FileBytes> bytes);
  std::string_view record(std::string_view digest) const;

  std::string path_;
  std::unique_ptr<io::FileBytes> bytes_;
  std::string_view table_;  // the entries, inside bytes_
  mutable std::mutex mutex_;
  std::map<std::string, std::string, std::less<>> added_;  // digest → record; guarded by mutex_
};

}  // namespace modtool::resolve
