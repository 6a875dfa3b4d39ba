// Reading zip files. The only door to libdeflate.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/reader.hpp"
#include "core/base/result.hpp"

namespace modtool::io {

struct ZipEntry {
  std::string name;           // the raw bytes of the directory; not checked
  std::uint64_t size = 0;     // uncompressed, as the directory claims
  bool is_directory = false;  // by its name, which ends in '/'
  bool is_regular = true;     // false for directories, and for links and devices (Unix mode bits)
  bool is_link = false;       // a symbolic one, its target being its bytes
  bool executable = false;    // by its owner
};

// An open zip file. One thread at a time; open it twice to read it from two threads.
class ZipArchive {
 public:
  virtual ~ZipArchive() = default;
  // In the order of the file's directory.
  virtual const std::vector<ZipEntry>& entries() const = 0;
  // The bytes of an entry. Never more than its claimed size: a lying size or checksum is Code::kBadZip, and
  // more than 2 GiB are Code::kTooLarge.
  virtual Result<std::string> read(std::size_t index) = 0;
  // The same bytes as a stream, for large entries: it holds a few of them at a time, and says what is wrong with them
  // at the end. The archive must outlive it; it may be read while the archive reads another entry.
  virtual Result<std::unique_ptr<Reader>> open(std::size_t index) = 0;
};

// Opens a zip file on disk. Code::kBadZip where it is none, or is inconsistent.
Result<std::unique_ptr<ZipArchive>> open_zip(const std::string& path);
// Opens a zip file in memory; `bytes` must outlive the archive.
Result<std::unique_ptr<ZipArchive>> open_zip_bytes(std::string_view bytes);

}  // namespace modtool::io
