// Zip files for tests, well-formed unless asked otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace modtool::test {

// A file of the zip, and the lies about it.
struct ZipMember {
  std::string name;
  std::string bytes = {};
  bool deflated = true;
  bool zip64 = false;  // sizes and offset in the zip64 extra field
  std::uint32_t unix_mode = 0100644;
  std::uint16_t flags = 0;

  // What the headers say instead of the truth.
  std::optional<std::uint64_t> size = {};
  std::optional<std::uint64_t> compressed_size = {};
  std::optional<std::uint64_t> offset = {};
  std::optional<std::uint32_t> crc32 = {};
  std::optional<std::uint16_t> method = {};
  std::optional<std::string> local_name = {};
};

// The end of the zip, and the lies there.
struct ZipEnding {
  std::string comment = {};
  bool zip64 = false;
  std::string before_end = {};  // between the directory and its end record
  std::optional<std::uint64_t> entries = {};
  std::optional<std::uint64_t> directory_offset = {};
};

std::string build_zip(const std::vector<ZipMember>& members, const ZipEnding& ending = {});

}  // namespace modtool::test
