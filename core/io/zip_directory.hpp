// The directory of a zip file, in memory: where the bytes of each entry are. For zip.cpp.
//
// Format: PKWARE's APPNOTE.TXT, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 to 4.3.16 (zip64 and
// end of central directory). Read strictly, so that no two readers see different files in it: one disk, nothing between
// the directory and its end record, as many entries as it says, no bytes that two entries share, and local headers that
// name the same file.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::io {

enum class ZipMethod : std::uint16_t { kStored = 0, kDeflated = 8 };

// An entry of the central directory; `name` is a part of the file's bytes and may hold anything, NUL included.
struct ZipRecord {
  std::string_view name;
  std::uint64_t size = 0;  // uncompressed
  std::uint64_t compressed_size = 0;
  std::uint64_t header_offset = 0;  // of the local header
  std::uint64_t limit = 0;          // where the next entry or the directory begins
  std::uint32_t crc32 = 0;
  std::uint32_t unix_mode = 0;  // kind and permissions; 0 where the maker was no Unix or did not say
  std::uint16_t method = 0;
  std::uint16_t flags = 0;
};

// All the records of a zip file in its order. Code::kBadZip.
Result<std::vector<ZipRecord>> read_zip_directory(std::string_view file);

// The bytes of an entry as they are stored. Code::kBadZip.
Result<std::string_view> find_zip_data(std::string_view file, const ZipRecord& record);

}  // namespace modtool::io
