#include "core/io/zip_directory.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <numeric>
#include <optional>

#include "core/base/text.hpp"

namespace modtool::io {
namespace {

constexpr std::uint32_t kLocalHeader = 0x04034b50;
constexpr std::uint32_t kDirectoryHeader = 0x02014b50;
constexpr std::uint32_t kDirectoryEnd = 0x06054b50;
constexpr std::uint32_t kDirectory64End = 0x06064b50;
constexpr std::uint32_t kDirectory64Locator = 0x07064b50;
constexpr std::size_t kDirectoryEndSize = 22;
constexpr std::size_t kDirectory64EndSize = 56;
constexpr std::size_t kDirectory64LocatorSize = 20;
constexpr std::size_t kDirectoryHeaderSize = 46;
constexpr std::size_t kLongestComment = 0xFFFF;
constexpr std::uint16_t kZip64Extra = 1;
constexpr std::uint32_t kMore = 0xFFFFFFFF;  // the value is in the zip64 extra field

std::unexpected<Error> bad(std::string_view why) { return fail(Code::kBadZip, "zip: " + std::string(why)); }

// Little-endian numbers from front to back. Reading beyond the end gives zeros and is remembered.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : bytes_(bytes) {}

  std::uint16_t u16() { return static_cast<std::uint16_t>(number(2)); }
  std::uint32_t u32() { return static_cast<std::uint32_t>(number(4)); }
  std::uint64_t u64() { return number(8); }

  std::string_view take(std::size_t size) {
    if (size > bytes_.size()) {
      overrun_ = true;
      bytes_ = {};
      return {};
    }
    const auto taken = bytes_.substr(0, size);
    bytes_.remove_prefix(size);
    return taken;
  }
  void skip(std::size_t size) { take(size); }

  std::size_t left() const { return bytes_.size(); }
  bool overrun() const { return overrun_; }

 private:
  std::uint64_t number(std::size_t size) {
    std::uint64_t value = 0;
    unsigned shift = 0;
    for (const char byte : take(size)) {
      value |= std::uint64_t{static_cast<unsigned char>(byte)} << shift;
      shift += 8;
    }
    return value;
  }

  std::string_view bytes_;
  bool overrun_ = false;
};

// Where the directory lies, and how many entries it has.
struct DirectoryPlace {
  std::uint64_t entries = 0;
  std::uint64_t size = 0;
  std::uint64_t offset = 0;
  std::uint64_t end = 0;  // where the record that says so begins
};

// The last end record whose comment reaches exactly to the end of the file.
std::optional<std::size_t> find_directory_end(std::string_view file) {
  if (file.size() < kDirectoryEndSize) return std::nullopt;
  const std::size_t last = file.size() - kDirectoryEndSize;
  const std::size_t first = last > kLongestComment ? last - kLongestComment : 0;
  for (std::size_t at = last + 1; at-- > first;) {
    Cursor cursor(file.substr(at));
    if (cursor.u32() != kDirectoryEnd) continue;
    cursor.skip(16);
    if (cursor.u16() == cursor.left()) return at;
  }
  return std::nullopt;
}

// The zip64 end record, where the place of the old one is not enough.
Result<DirectoryPlace> read_directory64_end(std::string_view file, std::size_t locator_end) {
  if (locator_end < kDirectory64LocatorSize + kDirectory64EndSize) return bad("no zip64 directory");
  const std::size_t locator_at = locator_end - kDirectory64LocatorSize;
  Cursor locator(file.substr(locator_at));
  if (locator.u32() != kDirectory64Locator) return bad("no zip64 directory");
  const std::uint32_t disk = locator.u32();
  const std::uint64_t at = locator.u64();
  if (disk != 0 || locator.u32() != 1) return bad("more than one disk");
  if (at > locator_at - kDirectory64EndSize) return bad("the zip64 directory is out of place");
  Cursor cursor(file.substr(at));
  if (cursor.u32() != kDirectory64End) return bad("no zip64 directory");
  if (cursor.u64() != locator_at - at - 12) return bad("the zip64 directory is out of place");
  cursor.skip(4);  // versions
  const std::uint64_t disks = cursor.u64();
  DirectoryPlace place{.entries = cursor.u64(), .size = 0, .offset = 0, .end = at};
  if (disks != 0 || cursor.u64() != place.entries) return bad("more than one disk");
  place.size = cursor.u64();
  place.offset = cursor.u64();
  return place;
}

Result<DirectoryPlace> find_directory(std::string_view file) {
  const auto at = find_directory_end(file);
  if (!at) return bad("not a valid zip file");
  Cursor cursor(file.substr(*at));
  cursor.skip(4);
  const std::uint32_t disks = cursor.u32();
  DirectoryPlace place{.entries = cursor.u16(), .size = 0, .offset = 0, .end = *at};
  if (disks != 0 || cursor.u16() != place.entries) return bad("more than one disk");
  place.size = cursor.u32();
  place.offset = cursor.u32();
  if (place.entries == 0xFFFF || place.size == kMore || place.offset == kMore) {
    MODTOOL_TRY(place, read_directory64_end(file, *at));
  }
  if (place.offset > place.end || place.size != place.end - place.offset) return bad("the directory is out of place");
  if (place.entries > place.size / kDirectoryHeaderSize) return bad("the directory is too short");
  return place;
}

// Takes the 64-bit values of a record from its extra fields, in the order of the format.
Result<void> read_zip64_extra(std::string_view extra, ZipRecord& record) {
  const bool wants_any = record.size == kMore || record.compressed_size == kMore || record.header_offset == kMore;
  for (Cursor fields(extra); wants_any && fields.left() >= 4;) {
    const std::uint16_t tag = fields.u16();
    Cursor field(fields.take(fields.u16()));
    if (tag != kZip64Extra) continue;
    for (std::uint64_t* const value : {&record.size, &record.compressed_size, &record.header_offset}) {
      if (*value == kMore) *value = field.u64();
    }
    if (field.overrun()) return bad("a zip64 field is too short");
    return {};
  }
  if (wants_any) return bad("a zip64 field is missing");
  return {};
}

Result<ZipRecord> read_record(Cursor& cursor) {
  if (cursor.u32() != kDirectoryHeader) return bad("the directory holds something else");
  ZipRecord record;
  const unsigned maker = cursor.u16() >> 8;
  cursor.skip(2);  // version needed
  record.flags = cursor.u16();
  record.method = cursor.u16();
  cursor.skip(4);  // time
  record.crc32 = cursor.u32();
  record.compressed_size = cursor.u32();
  record.size = cursor.u32();
  const std::uint16_t name_size = cursor.u16();
  const std::uint16_t extra_size = cursor.u16();
  const std::uint16_t comment_size = cursor.u16();
  cursor.skip(4);  // disk, internal attributes
  const std::uint32_t attributes = cursor.u32();
  record.header_offset = cursor.u32();
  record.name = cursor.take(name_size);
  const std::string_view extra = cursor.take(extra_size);
  cursor.skip(comment_size);
  if (cursor.overrun()) return bad("the directory is too short");
  constexpr unsigned kUnix = 3;
  constexpr unsigned kMacos = 19;
  if (maker == kUnix || maker == kMacos) record.unix_mode = attributes >> 16;
  MODTOOL_CHECK(read_zip64_extra(extra, record));
  return record;
}

// Gives each record the place where the next one begins, and refuses those that share bytes.
Result<void> set_limits(std::vector<ZipRecord>& records, std::uint64_t directory) {
  std::vector<std::size_t> order(records.size());
  std::iota(order.begin(), order.end(), 0);
  std::ranges::sort(order, std::ranges::greater(), [&](std::size_t i) { return records[i].header_offset; });
  std::uint64_t limit = directory;
  for (const std::size_t i : order) {
    ZipRecord& record = records[i];
    constexpr std::uint64_t kLocalHeaderSize = 30;
    if (record.header_offset > limit || limit - record.header_offset < kLocalHeaderSize + record.name.size() ||
        limit - record.header_offset - kLocalHeaderSize - record.name.size() < record.compressed_size) {
      return bad("the bytes of " + quote(record.name) + " overlap others");
    }
    record.limit = std::exchange(limit, record.header_offset);
  }
  return {};
}

}  // namespace

Result<std::vector<ZipRecord>> read_zip_directory(std::string_view file) {
  MODTOOL_TRY(const DirectoryPlace place, find_directory(file));
  Cursor cursor(file.substr(place.offset, place.size));
  std::vector<ZipRecord> records;
  records.reserve(place.entries);
  for (std::uint64_t i = 0; i < place.entries; ++i) {
    MODTOOL_TRY(ZipRecord record, read_record(cursor));
    records.push_back(record);
  }
  if (cursor.left() != 0) return bad("the directory holds more than it says");
  MODTOOL_CHECK(set_limits(records, place.offset));
  return records;
}

Result<std::string_view> find_zip_data(std::string_view file, const ZipRecord& record) {
  Cursor cursor(file.substr(record.header_offset, record.limit - record.header_offset));
  if (cursor.u32() != kLocalHeader) return bad("no header for " + quote(record.name));
  cursor.skip(4 + 18);  // version, flags; method to the sizes, which the directory gives
  const std::uint16_t name_size = cursor.u16();
  const std::uint16_t extra_size = cursor.u16();
  if (cursor.take(name_size) != record.name) return bad("two names for " + quote(record.name));
  cursor.skip(extra_size);
  const std::string_view data = cursor.take(record.compressed_size);
  if (cursor.overrun()) return bad("the bytes of " + quote(record.name) + " overlap others");
  return data;
}

}  // namespace modtool::io
