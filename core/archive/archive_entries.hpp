// What an archive holds, and which of it belongs to a module. An archive is foreign: what could write elsewhere when it
// is unpacked, or stand for two things, is refused, and how much it unpacks to is bounded while it is unpacked,
// whatever it claims.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/source/tree_entries.hpp"

namespace modtool::archive {

inline constexpr std::size_t kMaxArchiveName = 1024;           // bytes
inline constexpr std::uint64_t kMostArchiveGrowth = 200;       // times its size that an archive unpacks to, …
inline constexpr std::uint64_t kFreeArchiveGrowth = 64 << 20;  // … unless it is no more than these bytes

struct ArchiveLimits {
  std::size_t files = source::kMaxTreeFiles;  // with directories
  std::uint64_t bytes = source::kMaxTreeBytes;
};

// Where the bytes of a file stand in what was unpacked.
struct ContentExtent {
  std::uint64_t offset = 0;
  std::uint64_t size = 0;
};

struct ArchiveEntries {
  source::TreeEntries entries;
  std::vector<ContentExtent> contents;  // by number
};

// Unpacks an archive: the bytes of all files one behind another into `contents`. Code::kBadArchive, kBadZip,
// kArchiveEntry, kTooLarge.
Result<ArchiveEntries> unpack_archive(std::string_view archive, io::Writer& contents, const Cancellation& cancellation,
                                      const ArchiveLimits& limits = {});

// Where everything lies in one directory: without that in the names.
source::TreeEntries strip_top(source::TreeEntries all);

struct ModuleEntries {
  source::TreeEntries entries;
  std::optional<source::TreeEntry> license;  // of the archive, for a module in a subdirectory
};

// Those below a directory ("": all), less other modules: directories with a file `manifest_name`. Code::kUnknownVersion
// where there is no such directory.
Result<ModuleEntries> entries_of_module(source::TreeEntries all, const std::string& subdirectory,
                                        const std::string& manifest_name);

}  // namespace modtool::archive
