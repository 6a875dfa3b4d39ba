#include "core/io/zip.hpp"

#include <libdeflate.h>
#include <sys/stat.h>

#include <algorithm>
#include <new>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/io/inflate.hpp"
#include "core/io/system_call.hpp"
#include "core/io/zip_directory.hpp"

namespace modtool::io {
namespace {

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const { libdeflate_free_decompressor(decompressor); }
};
using Decompressor = std::unique_ptr<libdeflate_decompressor, FreeDecompressor>;

std::unexpected<Error> bad(const ZipRecord& record, std::string_view why) {
  return fail(Code::kBadZip, "zip: " + quote(record.name) + ": " + std::string(why));
}

// The most that deflate makes of a byte: 258 bytes for two bits (RFC 1951).
constexpr std::uint64_t kMostGrowth = 1032;

// A string of that size; what fills it may fail, then the string is not looked at. (GCC 12 gives the function more room
// than asked for, so the size it names is not used.)
template <class Fill>
Result<std::string> make_string(std::uint64_t size, Fill fill) {
  try {
    std::string bytes;
    bytes.resize_and_overwrite(size, [&](char* buffer, std::size_t) { return fill(buffer), size; });
    return bytes;
  } catch (const std::bad_alloc&) {
    return fail(Code::kTooLarge, "zip: no memory for " + std::to_string(size) + " bytes");
  }
}

// What was stored as it is, with its checksum looked at when the end is reached.
class StoredReader final : public Reader {
 public:
  StoredReader(const ZipRecord& record, std::string_view data) : record_(record), rest_(data) {}

  Result<std::size_t> read(std::span<char> into) override {
    const auto part = rest_.substr(0, into.size());
    std::ranges::copy(part, into.begin());
    crc32_ = libdeflate_crc32(crc32_, part.data(), part.size());
    rest_.remove_prefix(part.size());
    if (rest_.empty() && crc32_ != record_.crc32) return bad(record_, "checksum error");
    return part.size();
  }

 private:
  const ZipRecord& record_;
  std::string_view rest_;
  std::uint32_t crc32_ = 0;
};

class MemoryZip final : public ZipArchive {
 public:
  MemoryZip(std::unique_ptr<FileBytes> owned, std::string_view file, std::vector<ZipRecord> records)
      : owned_(std::move(owned)), file_(file), records_(std::move(records)) {
    entries_.reserve(records_.size());
    for (const auto& record : records_) entries_.push_back(to_entry(record));
  }

  const std::vector<ZipEntry>& entries() const override { return entries_; }

  Result<std::string> read(std::size_t index) override {
    MODTOOL_TRY(const std::string_view data, find_data(index));
    const ZipRecord& record = records_[index];
    if (record.size > kLargestWholeFile) {
      return fail(Code::kTooLarge, "zip: " + quote(record.name) + ": too large for memory");
    }
    MODTOOL_TRY(std::string bytes, unpack(record, data));
    if (libdeflate_crc32(0, bytes.data(), bytes.size()) != record.crc32) return bad(record, "checksum error");
    return bytes;
  }

  Result<std::unique_ptr<Reader>> open(std::size_t index) override {
    MODTOOL_TRY(const std::string_view data, find_data(index));
    const ZipRecord& record = records_[index];
    switch (static_cast<ZipMethod>(record.method)) {
      case ZipMethod::kStored:
        if (data.size() != record.size) return bad(record, "not of the size it claims");
        return std::make_unique<StoredReader>(record, data);
      case ZipMethod::kDeflated:
        return make_inflate_reader(data, {record.size, record.crc32, std::string(record.name)});
      default:
        return bad(record, "unsupported compression algorithm");
    }
  }

 private:
  // The bytes of an entry as they stand in the file.
  Result<std::string_view> find_data(std::size_t index) const {
    if (index >= records_.size()) return fail(Code::kInternal, "zip: no entry " + std::to_string(index));
    const ZipRecord& record = records_[index];
    constexpr unsigned kEncrypted = 1;
    if ((record.flags & kEncrypted) != 0) return bad(record, "encrypted");
    return find_zip_data(file_, record);
  }

  static ZipEntry to_entry(const ZipRecord& record) {
    const bool is_directory = record.name.ends_with('/');
    const std::uint32_t type = record.unix_mode & S_IFMT;
    const bool is_file = type == 0 || type == S_IFREG;
    return {.name = std::string(record.name),
            .size = record.size,
            .is_directory = is_directory && (is_file || type == S_IFDIR),
            .is_regular = is_file && !is_directory,
            .is_link = type == S_IFLNK && !is_directory,
            .executable = (record.unix_mode & S_IXUSR) != 0};
  }

  Result<std::string> unpack(const ZipRecord& record, std::string_view data) {
    switch (static_cast<ZipMethod>(record.method)) {
      case ZipMethod::kStored:
        if (data.size() != record.size) return bad(record, "not of the size it claims");
        return std::string(data);
      case ZipMethod::kDeflated:
        return inflate(record, data);
      default:
        return bad(record, "unsupported compression algorithm");
    }
  }

  Result<std::string> inflate(const ZipRecord& record, std::string_view data) {
    // Before any memory is taken: a few bytes may claim to be terabytes.
    if (record.size / kMostGrowth > data.size()) return bad(record, "not of the size it claims");
    if (!decompressor_) decompressor_.reset(libdeflate_alloc_decompressor());
    libdeflate_result outcome = LIBDEFLATE_BAD_DATA;
    std::size_t used = 0;
    MODTOOL_TRY(std::string bytes, make_string(record.size, [&](char* buffer) {
                  outcome = libdeflate_deflate_decompress_ex(decompressor_.get(), data.data(), data.size(), buffer,
                                                             record.size, &used, nullptr);
                }));
    if (outcome == LIBDEFLATE_BAD_DATA) return bad(record, "damaged");
    if (outcome != LIBDEFLATE_SUCCESS || used != data.size()) return bad(record, "not of the size it claims");
    return bytes;
  }

  std::unique_ptr<FileBytes> owned_;
  std::string_view file_;
  std::vector<ZipRecord> records_;
  std::vector<ZipEntry> entries_;
  Decompressor decompressor_;
};

}  // namespace

Result<std::unique_ptr<ZipArchive>> open_zip(const std::string& path) {
  MODTOOL_TRY(auto bytes, disk().map(path));
  const std::string_view file = bytes->view();
  MODTOOL_TRY(auto records, read_zip_directory(file));
  return std::make_unique<MemoryZip>(std::move(bytes), file, std::move(records));
}

Result<std::unique_ptr<ZipArchive>> open_zip_bytes(std::string_view bytes) {
  MODTOOL_TRY(auto records, read_zip_directory(bytes));
  return std::make_unique<MemoryZip>(nullptr, bytes, std::move(records));
}

}  // namespace modtool::io
