// Deflated data as a stream, for files that are too large to have whole, and gzip files. The only door to zlib; what
// fits memory is inflated at once by a faster library (zip.cpp).
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/reader.hpp"

namespace modtool::io {

// What the bytes must turn out to be.
struct InflateExpectation {
  std::uint64_t size = 0;
  std::uint32_t crc32 = 0;
  std::string name;  // for messages
};

// Inflates `deflated` (RFC 1951), which must outlive the reader. Code::kBadZip where it is damaged, or gives other
// bytes than expected: at the latest at the end, and never more bytes than that.
Result<std::unique_ptr<Reader>> make_inflate_reader(std::string_view deflated, InflateExpectation expected);

// Unpacks a gzip file (RFC 1952), all its members, which must outlive the reader. Code::kBadArchive where it is cut,
// damaged, or followed by anything but zeros: at the latest at the end.
Result<std::unique_ptr<Reader>> make_gunzip_reader(std::string_view packed);

// Whether the bytes are one zlib stream (RFC 1950), whole. Code::kBadArchive where it is cut, damaged, or gives more
// than 4 GiB.
Result<void> check_zlib(std::string_view packed);

}  // namespace modtool::io
