#include "core/io/archive_zip.hpp"

#include <utility>

#include "core/io/zip.hpp"

namespace modtool::io {
namespace {

constexpr std::uint64_t kMaxTarget = 64 << 10;  // bytes of a link's target; its user has a limit of its own

class ZipReader final : public ArchiveReader {
 public:
  explicit ZipReader(std::unique_ptr<ZipArchive> zip) : zip_(std::move(zip)) {}

  Result<std::optional<ArchiveEntry>> next() override {
    bytes_.reset();
    if (next_ == zip_->entries().size()) return std::optional<ArchiveEntry>();
    const ZipEntry& found = zip_->entries()[next_];
    ArchiveEntry entry{.name = found.name, .kind = kind_of(found), .executable = found.executable};
    MODTOOL_TRY(bytes_, zip_->open(next_++));
    if (entry.kind == ArchiveEntryKind::kSymlink) {
      MODTOOL_TRY(entry.target, read_all(*bytes_, kMaxTarget));
    }
    return entry;
  }

  Result<std::size_t> read(std::span<char> into) override {
    return bytes_ == nullptr ? Result<std::size_t>(0) : bytes_->read(into);
  }

 private:
  static ArchiveEntryKind kind_of(const ZipEntry& entry) {
    if (entry.is_directory) return ArchiveEntryKind::kDirectory;
    if (entry.is_link) return ArchiveEntryKind::kSymlink;
    return entry.is_regular ? ArchiveEntryKind::kFile : ArchiveEntryKind::kOther;
  }

  std::unique_ptr<ZipArchive> zip_;
  std::size_t next_ = 0;
  std::unique_ptr<Reader> bytes_;  // of the entry that came last
};

}  // namespace

Result<std::unique_ptr<ArchiveReader>> open_zip_archive(std::string_view bytes) {
  MODTOOL_TRY(auto zip, open_zip_bytes(bytes));
  return std::make_unique<ZipReader>(std::move(zip));
}

}  // namespace modtool::io
