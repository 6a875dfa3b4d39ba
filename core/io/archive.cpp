#include "core/io/archive.hpp"

#include <archive.h>
#include <archive_entry.h>
#include <fmt/format.h>
#include <locale.h>

#include <algorithm>
#include <memory>

#include "core/base/ascii.hpp"
#include "core/io/archive_zip.hpp"
#include "core/io/inflate.hpp"
#include "core/io/shared_library.hpp"
#include "core/io/tar_layout.hpp"

namespace modtool::io {
namespace {

// The functions of libarchive that are used, by its own names less their "archive_".
struct Library {
  decltype(&archive_read_new) read_new;
  decltype(&archive_read_free) read_free;
  decltype(&archive_read_support_filter_bzip2) read_support_filter_bzip2;
  decltype(&archive_read_support_filter_xz) read_support_filter_xz;
  decltype(&archive_read_support_filter_zstd) read_support_filter_zstd;
  decltype(&archive_read_support_format_tar) read_support_format_tar;
  decltype(&archive_read_support_format_raw) read_support_format_raw;
  decltype(&archive_read_open) read_open;
  decltype(&archive_read_open_memory) read_open_memory;
  decltype(&archive_read_next_header) read_next_header;
  decltype(&archive_read_data) read_data;
  decltype(&archive_filter_count) filter_count;
  decltype(&archive_error_string) error_string;
  decltype(&archive_entry_pathname) entry_pathname;
  decltype(&archive_entry_filetype) entry_filetype;
  decltype(&archive_entry_perm) entry_perm;
  decltype(&archive_entry_symlink) entry_symlink;
  decltype(&archive_entry_hardlink) entry_hardlink;
  ::locale_t utf8;
};

Result<Library> load_archive() {
  MODTOOL_TRY(const SharedLibrary shared, SharedLibrary::load("libarchive.so.13", "libarchive13"));
  Library library{};
  FunctionLoader load(shared);
  load(library.read_new, "archive_read_new");
  load(library.read_free, "archive_read_free");
  load(library.read_support_filter_bzip2, "archive_read_support_filter_bzip2");
  load(library.read_support_filter_xz, "archive_read_support_filter_xz");
  load(library.read_support_filter_zstd, "archive_read_support_filter_zstd");
  load(library.read_support_format_tar, "archive_read_support_format_tar");
  load(library.read_support_format_raw, "archive_read_support_format_raw");
  load(library.read_open, "archive_read_open");
  load(library.read_open_memory, "archive_read_open_memory");
  load(library.read_next_header, "archive_read_next_header");
  load(library.read_data, "archive_read_data");
  load(library.filter_count, "archive_filter_count");
  load(library.error_string, "archive_error_string");
  load(library.entry_pathname, "archive_entry_pathname");
  load(library.entry_filetype, "archive_entry_filetype");
  load(library.entry_perm, "archive_entry_perm");
  load(library.entry_symlink, "archive_entry_symlink");
  load(library.entry_hardlink, "archive_entry_hardlink");
  MODTOOL_CHECK(load.outcome());
  library.utf8 = ::newlocale(LC_CTYPE_MASK, "C.UTF-8", nullptr);
  if (library.utf8 == nullptr) return fail(Code::kLibraryMissing, "this machine has no locale `C.UTF-8`");
  return library;
}

Result<const Library*> archive_library() {
  static const Result<Library> library = load_archive();
  if (!library) return fail(library.error());
  return &*library;
}

// libarchive turns names of pax headers into the thread's character set; UTF-8 keeps them as they are.
class Utf8Names {
 public:
  explicit Utf8Names(const Library& library) : before_(::uselocale(library.utf8)) {}
  ~Utf8Names() { ::uselocale(before_); }
  Utf8Names(const Utf8Names&) = delete;
  Utf8Names& operator=(const Utf8Names&) = delete;

 private:
  ::locale_t before_;
};

// A reader of libarchive; null where there is no memory.
using Handle = std::unique_ptr<::archive, decltype(&archive_read_free)>;

Handle make_handle(const Library& library) { return {library.read_new(), library.read_free}; }

std::string text_or_empty(const char* text) { return text != nullptr ? text : ""; }

// What the library says of the failure that it met last.
std::unexpected<Error> damaged(const Library& library, ::archive* archive) {
  std::string text = text_or_empty(library.error_string(archive));
  if (text == "Unrecognized archive format") text = "not a tar or zip file";
  if (!text.empty()) text[0] = to_lower(text[0]);
  while (text.ends_with('.')) text.pop_back();
  return fail(Code::kBadArchive, text.empty() ? "it is damaged" : text);
}

// Bytes as they are; they outlive it.
class PlainReader final : public Reader {
 public:
  explicit PlainReader(std::string_view bytes) : rest_(bytes) {}

  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t count = rest_.copy(into.data(), into.size());
    rest_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view rest_;
};

// How a file that libarchive unpacks starts.
struct Packing {
  std::string_view start;
  std::string_view name;
  decltype(&archive_read_support_filter_xz) Library::* support;
};

using namespace std::string_view_literals;
constexpr Packing kPackings[] = {{"BZh"sv, "bzip2", &Library::read_support_filter_bzip2},
                                 {"\xfd"
                                  "7zXZ\0"sv,
                                  "xz", &Library::read_support_filter_xz},
                                 {"\x28\xb5\x2f\xfd"sv, "zstd", &Library::read_support_filter_zstd}};

// The bytes of a packed file.
class UnpackingReader final : public Reader {
 public:
  explicit UnpackingReader(const Library& library) : library_(library), archive_(make_handle(library)) {}

  Result<void> open(std::string_view bytes, const Packing& packing) {
    if (archive_ == nullptr) return fail(Code::kIo, "libarchive: no memory");
    // Anything but "OK" from a filter means that a program would be run to unpack.
    if ((library_.*packing.support)(archive_.get()) != ARCHIVE_OK) {
      return fail(Code::kLibraryMissing, fmt::format("this libarchive cannot unpack {} by itself", packing.name));
    }
    ::archive_entry* header = nullptr;
    const bool is_open = library_.read_support_format_raw(archive_.get()) == ARCHIVE_OK &&
                         library_.read_open_memory(archive_.get(), bytes.data(), bytes.size()) == ARCHIVE_OK &&
                         library_.read_next_header(archive_.get(), &header) == ARCHIVE_OK;
    if (!is_open) return damaged(library_, archive_.get());
    if (library_.filter_count(archive_.get()) > kMostFilters)
      return fail(Code::kBadArchive, "it is packed more than once");
    return {};
  }

  Result<std::size_t> read(std::span<char> into) override {
    const auto count = library_.read_data(archive_.get(), into.data(), into.size());
    if (count < 0) return damaged(library_, archive_.get());
    return static_cast<std::size_t>(count);
  }

 private:
  static constexpr int kMostFilters = 2;  // one, and the one that is always there

  const Library& library_;
  Handle archive_;
};

class LibraryReader final : public ArchiveReader {
 public:
  explicit LibraryReader(const Library& library) : library_(library), archive_(make_handle(library)) {}
  // libarchive knows its address.
  LibraryReader(const LibraryReader&) = delete;
  LibraryReader& operator=(const LibraryReader&) = delete;
  ~LibraryReader() override = default;

  Result<void> open(std::string_view bytes) {
    if (archive_ == nullptr) return fail(Code::kIo, "libarchive: no memory");
    if (library_.read_support_format_tar(archive_.get()) != ARCHIVE_OK) return damaged();
    MODTOOL_TRY(unpacked_, unpack(bytes));
    chunk_.resize(kChunk);
    if (library_.read_open(archive_.get(), this, nullptr, &LibraryReader::feed, nullptr) != ARCHIVE_OK)
      return damaged();
    return {};
  }

  Result<std::optional<ArchiveEntry>> next() override {
    const Utf8Names names(library_);
    ::archive_entry* header = nullptr;
    const int outcome = library_.read_next_header(archive_.get(), &header);
    if (outcome == ARCHIVE_EOF) {
      MODTOOL_CHECK(check_end());
      return std::optional<ArchiveEntry>();
    }
    if (outcome != ARCHIVE_OK) return damaged();
    ArchiveEntry entry{.name = text_or_empty(library_.entry_pathname(header)),
                       .kind = kind_of(header),
                       .executable = (library_.entry_perm(header) & kOwnerMayRun) != 0};
    if (entry.kind == ArchiveEntryKind::kSymlink) entry.target = text_or_empty(library_.entry_symlink(header));
    if (entry.kind == ArchiveEntryKind::kHardlink) entry.target = text_or_empty(library_.entry_hardlink(header));
    return entry;
  }

  Result<std::size_t> read(std::span<char> into) override {
    const auto count = library_.read_data(archive_.get(), into.data(), into.size());
    if (count < 0) return damaged();
    return static_cast<std::size_t>(count);
  }

 private:
  static constexpr std::string_view kGzipStart = "\x1f\x8b";
  static constexpr unsigned kOwnerMayRun = 0100;
  static constexpr std::size_t kChunk = 128 * TarLayout::kBlock;
  static constexpr std::size_t kMostPadding = 1 << 20;  // bytes behind the end of a tar file; 10240 are usual

  // libarchive does not look at the checksum of a gzip file.
  Result<std::unique_ptr<Reader>> unpack(std::string_view bytes) const {
    if (bytes.starts_with(kGzipStart)) return make_gunzip_reader(bytes);
    const auto is_packed = [&](const Packing& packing) { return bytes.starts_with(packing.start); };
    const auto* const packing = std::ranges::find_if(kPackings, is_packed);
    if (packing == std::end(kPackings)) return std::make_unique<PlainReader>(bytes);
    auto reader = std::make_unique<UnpackingReader>(library_);
    MODTOOL_CHECK(reader->open(bytes, *packing));
    return reader;
  }

  // Block by block, each seen by the layout first.
  static la_ssize_t feed(::archive* /*archive*/, void* self, const void** bytes) noexcept {
    auto& reader = *static_cast<LibraryReader*>(self);
    auto block = reader.next_block();
    if (!block) {
      reader.failure_ = std::move(block).error();
      return ARCHIVE_FATAL;
    }
    *bytes = block->data();
    return static_cast<la_ssize_t>(block->size());
  }

  Result<std::string_view> next_block() {
    if (at_ == filled_) MODTOOL_CHECK(fill());
    const auto block = std::string_view(chunk_).substr(at_, std::min(filled_ - at_, TarLayout::kBlock));
    at_ += block.size();
    if (!block.empty()) MODTOOL_CHECK(layout_.take(block));
    return block;
  }

  Result<void> fill() {
    at_ = filled_ = 0;
    while (filled_ < chunk_.size()) {
      MODTOOL_TRY(const std::size_t count, unpacked_->read(std::span(chunk_).subspan(filled_)));
      if (count == 0) break;
      filled_ += count;
    }
    return {};
  }

  // The checksum stands behind all there is, of which a tar file need not be the whole; what is more is padding.
  Result<void> check_end() {
    for (std::size_t passed = 0; passed <= kMostPadding;) {
      MODTOOL_TRY(const auto block, next_block());
      if (block.empty()) return {};
      passed += block.size();
    }
    return fail(Code::kBadArchive, "much follows the end of the tar file");
  }

  std::unexpected<Error> damaged() const { return failure_ ? fail(*failure_) : io::damaged(library_, archive_.get()); }

  ArchiveEntryKind kind_of(::archive_entry* header) const {
    if (library_.entry_hardlink(header) != nullptr) return ArchiveEntryKind::kHardlink;
    switch (library_.entry_filetype(header)) {
      case AE_IFREG:
        return ArchiveEntryKind::kFile;
      case AE_IFDIR:
        return ArchiveEntryKind::kDirectory;
      case AE_IFLNK:
        return ArchiveEntryKind::kSymlink;
      default:
        return ArchiveEntryKind::kOther;
    }
  }

  const Library& library_;
  Handle archive_;
  std::unique_ptr<Reader> unpacked_;
  TarLayout layout_;
  std::string chunk_;             // the part of it that is at hand
  std::size_t filled_ = 0;        // bytes in it
  std::size_t at_ = 0;            // of which libarchive has seen so many
  std::optional<Error> failure_;  // of the unpacking, or of the layout
};

}  // namespace

Result<std::unique_ptr<ArchiveReader>> open_archive(std::string_view bytes) {
  if (bytes.starts_with("PK")) return open_zip_archive(bytes);
  MODTOOL_TRY(const Library* const library, archive_library());
  auto reader = std::make_unique<LibraryReader>(*library);
  MODTOOL_CHECK(reader->open(bytes));
  return reader;
}

}  // namespace modtool::io
