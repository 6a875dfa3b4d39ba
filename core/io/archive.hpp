// Reading archives: tar files (ustar, pax, GNU; plain, or packed with gzip, bzip2, xz or zstd) and zip files. The only
// door to libarchive, which is loaded with the first tar file (Code::kLibraryMissing). Zip files are read by zip.hpp:
// libarchive takes one whose two directories differ, or whose entries share bytes, and shows one of the two readings.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/reader.hpp"
#include "core/base/result.hpp"

namespace modtool::io {

enum class ArchiveEntryKind { kFile, kDirectory, kSymlink, kHardlink, kOther };

struct ArchiveEntry {
  std::string name;  // as it stands in the archive, not checked; that of a pax header up to a NUL, accents composed
  ArchiveEntryKind kind = ArchiveEntryKind::kFile;
  bool executable = false;  // by its owner
  std::string target;       // of a link
};

// Goes through an archive once, from front to back: an entry, then its bytes. One thread at a time.
class ArchiveReader : public Reader {
 public:
  // The next entry; nothing at the end. What was not read of the entry before is passed over. Code::kBadArchive,
  // kBadZip.
  virtual Result<std::optional<ArchiveEntry>> next() = 0;
  // The bytes of the file that `next` gave last, holes as zeros: as many as there are, whatever its size claims to be.
  // Code::kBadArchive, kBadZip.
  Result<std::size_t> read(std::span<char> into) override = 0;
};

// `bytes`, which outlive the reader, tell by themselves what they are. No program is run to unpack anything.
// Code::kBadArchive, kBadZip.
Result<std::unique_ptr<ArchiveReader>> open_archive(std::string_view bytes);

}  // namespace modtool::io
