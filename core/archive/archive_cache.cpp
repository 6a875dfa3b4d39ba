#include "core/archive/archive_cache.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/sha256.hpp"
#include "core/source/cache_use.hpp"
#include "core/source/server_response.hpp"

namespace modtool::archive {
namespace {

constexpr int kOk = 200;
constexpr std::size_t kKeyDigits = 32;

// All files of an archive, one behind another.
class UnpackedContents final : public source::TreeContents {
 public:
  UnpackedContents(std::unique_ptr<io::FileBytes> bytes, std::vector<ContentExtent> extents)
      : bytes_(std::move(bytes)), extents_(std::move(extents)) {}

  Result<std::uint64_t> size(std::size_t content) const override { return extents_[content].size; }

  Result<std::string> read(std::size_t content) const override {
    const auto& extent = extents_[content];
    return std::string(bytes_->view().substr(extent.offset, extent.size));
  }

 private:
  std::unique_ptr<io::FileBytes> bytes_;
  std::vector<ContentExtent> extents_;
};

// Removes a file at the end, whatever came before.
class Leftover {
 public:
  Leftover(io::FileSystem& files, std::string path) : files_(files), path_(std::move(path)) {}
  ~Leftover() { static_cast<void>(files_.remove_all(path_)); }
  Leftover(const Leftover&) = delete;
  Leftover& operator=(const Leftover&) = delete;

  const std::string& path() const { return path_; }

 private:
  io::FileSystem& files_;
  std::string path_;
};

// What is said of a copy that was cut or changed, and would not be said of the archive at its origin.
bool is_spoilt(Code code) {
  return code == Code::kBadArchive || code == Code::kBadZip || code == Code::kChecksumMismatch;
}

}  // namespace

Result<OpenArchive> ArchiveCache::open(const ArchiveLocation& location, CachedCopy cached, const Check& check) {
  if (options_.directory.empty() && options_.offline && location.path.empty()) {
    return fail(Code::kOffline, "it would have to be fetched, and this run is offline");
  }
  if (options_.directory.empty()) {
    return fail(Code::kBadSetting,
                "archives need a cache directory: neither XDG_CACHE_HOME nor HOME is set; "
                "XDG_CACHE_HOME=DIR in front of the command names one");
  }
  MODTOOL_CHECK(inputs_.files.make_directories(options_.directory));
  const std::string key = to_hex(sha256(location.url)).substr(0, kKeyDigits);
  const std::string place = io::join_path(options_.directory, key);
  MODTOOL_TRY(const auto lock, inputs_.files.lock(place + ".lock", inputs_.cancellation));
  if (location.path.empty()) source::mark_used(inputs_.files, place);
  auto opened =
      location.path.empty() ? open_remote(location.url, place, cached, check) : open_file(location.path, place, check);
  const bool is_absent = !opened && !location.path.empty() && opened.error().code == Code::kFileNotFound;
  if (is_absent) opened.error().code = Code::kNotFound;  // as from a server
  if (!opened) return fail_in(std::move(opened), location.url);
  return opened;
}

Result<OpenArchive> ArchiveCache::open_remote(const std::string& url, const std::string& place, CachedCopy cached,
                                              const Check& check) {
  if (cached == CachedCopy::kUse) {
    auto opened = open_file(place, place, check);
    const bool is_absent = !opened && opened.error().code == Code::kFileNotFound;
    if (opened || (!is_absent && (options_.offline || !is_spoilt(opened.error().code)))) return opened;
  }
  if (options_.offline) return fail(Code::kOffline, "it would have to be fetched, and this run is offline");
  MODTOOL_TRY(const std::string bytes, request(url));
  MODTOOL_TRY(auto opened, open_bytes(bytes, place, check));
  MODTOOL_CHECK(inputs_.files.write_atomic(place, bytes));
  return opened;
}

Result<OpenArchive> ArchiveCache::open_file(const std::string& path, const std::string& place, const Check& check) {
  MODTOOL_TRY(const auto bytes, inputs_.files.map(path));
  if (bytes->view().size() > kMaxArchive) return fail(Code::kTooLarge, fmt::format("more than {} bytes", kMaxArchive));
  return open_bytes(bytes->view(), place, check);
}

Result<OpenArchive> ArchiveCache::open_bytes(std::string_view bytes, const std::string& place, const Check& check) {
  const Leftover unpacked(inputs_.files, place + ".unpacked");
  MODTOOL_TRY(const auto writer, inputs_.files.create(unpacked.path()));
  MODTOOL_TRY(auto read, unpack_archive(bytes, *writer, inputs_.cancellation));
  MODTOOL_CHECK(writer->close());
  MODTOOL_TRY(auto contents, inputs_.files.map(unpacked.path()));
  OpenArchive opened{std::move(read.entries),
                     std::make_shared<UnpackedContents>(std::move(contents), std::move(read.contents))};
  MODTOOL_CHECK(check(opened));
  return opened;
}

Result<std::string> ArchiveCache::request(const std::string& url) {
  MODTOOL_TRY(io::HttpReply reply, http_.fetch({.url = url, .shown = url, .limit = kMaxArchive}));
  if (reply.status == kOk) return std::move(reply.body);
  Error error{.code = source::code_of_status(reply.status),
              .message = fmt::format("{} {}", reply.status, reply.reason)};
  error.notes = std::move(reply.notes);
  return fail(std::move(error));
}

}  // namespace modtool::archive
