#include "core/io/inflate.hpp"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <vector>

#include "core/base/text.hpp"

namespace modtool::io {
namespace {

constexpr int kRawDeflate = -MAX_WBITS;
constexpr int kGzip = 16 + MAX_WBITS;
constexpr std::uint64_t kMostOfZlib = 4ULL << 30;  // bytes

// Gives zlib the next part of its input, once it has used up the one before.
void feed(z_stream& stream, std::string_view& rest) {
  if (stream.avail_in != 0) return;
  const auto part = rest.substr(0, std::numeric_limits<uInt>::max());
  // zlib does not write to its input; its interface is older than const.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(part.data()));
  stream.avail_in = static_cast<uInt>(part.size());
  rest.remove_prefix(part.size());
}

// Where zlib writes to, and how much room there is.
uInt give_room(z_stream& stream, std::span<char> into) {
  stream.next_out = reinterpret_cast<Bytef*>(into.data());
  stream.avail_out = static_cast<uInt>(std::min<std::size_t>(into.size(), std::numeric_limits<uInt>::max()));
  return stream.avail_out;
}

class InflateReader final : public Reader {
 public:
  InflateReader(std::string_view deflated, InflateExpectation expected)
      : rest_(deflated), expected_(std::move(expected)), ready_(inflateInit2(&stream_, kRawDeflate) == Z_OK) {}
  ~InflateReader() override {
    if (ready_) inflateEnd(&stream_);
  }
  InflateReader(const InflateReader&) = delete;
  InflateReader& operator=(const InflateReader&) = delete;

  bool ready() const { return ready_; }

  Result<std::size_t> read(std::span<char> into) override {
    if (ended_ || into.empty()) return 0;
    const uInt room = give_room(stream_, into);
    while (stream_.avail_out == room && !ended_) {
      feed(stream_, rest_);
      const int outcome = ::inflate(&stream_, Z_NO_FLUSH);
      ended_ = outcome == Z_STREAM_END;
      if (!ended_ && outcome != Z_OK) return bad("damaged");
    }
    return take(into.first(room - stream_.avail_out));
  }

 private:
  Result<std::size_t> take(std::span<const char> bytes) {
    size_ += bytes.size();
    crc32_ = ::crc32_z(crc32_, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
    const bool is_whole = size_ == expected_.size && stream_.avail_in == 0 && rest_.empty();
    if (size_ > expected_.size || (ended_ && !is_whole)) return bad("not of the size it claims");
    if (ended_ && crc32_ != expected_.crc32) return bad("checksum error");
    return bytes.size();
  }

  std::unexpected<Error> bad(std::string_view why) const {
    return fail(Code::kBadZip, "zip: " + quote(expected_.name) + ": " + std::string(why));
  }

  std::string_view rest_;
  InflateExpectation expected_;
  z_stream stream_ = {};
  bool ready_ = false;
  bool ended_ = false;
  std::uint64_t size_ = 0;
  uLong crc32_ = 0;
};

class GunzipReader final : public Reader {
 public:
  explicit GunzipReader(std::string_view packed) : rest_(packed), ready_(inflateInit2(&stream_, kGzip) == Z_OK) {}
  ~GunzipReader() override {
    if (ready_) inflateEnd(&stream_);
  }
  GunzipReader(const GunzipReader&) = delete;
  GunzipReader& operator=(const GunzipReader&) = delete;

  bool ready() const { return ready_; }

  Result<std::size_t> read(std::span<char> into) override {
    const uInt room = give_room(stream_, into);
    while (stream_.avail_out == room && room != 0) {
      feed(stream_, rest_);
      if (ended_ && only_zeros_follow()) return 0;
      if (ended_) ::inflateReset(&stream_);
      const int outcome = ::inflate(&stream_, Z_NO_FLUSH);
      ended_ = outcome == Z_STREAM_END;
      if (outcome == Z_BUF_ERROR) return fail(Code::kBadArchive, "the gzip file is cut off");
      if (!ended_ && outcome != Z_OK) return fail(Code::kBadArchive, "the gzip file is damaged");
    }
    return room - stream_.avail_out;
  }

 private:
  bool only_zeros_follow() const {
    const std::string_view fed(reinterpret_cast<const char*>(stream_.next_in), stream_.avail_in);
    return fed.find_first_not_of('\0') == fed.npos && rest_.find_first_not_of('\0') == rest_.npos;
  }

  std::string_view rest_;
  z_stream stream_ = {};
  bool ready_ = false;
  bool ended_ = false;  // a member is
};

class ZlibCheck {
 public:
  explicit ZlibCheck(std::string_view packed) : rest_(packed), ready_(inflateInit(&stream_) == Z_OK) {}
  ~ZlibCheck() {
    if (ready_) inflateEnd(&stream_);
  }
  ZlibCheck(const ZlibCheck&) = delete;
  ZlibCheck& operator=(const ZlibCheck&) = delete;

  Result<void> run() {
    if (!ready_) return fail(Code::kTooLarge, "no memory to inflate");
    std::vector<char> room(1 << 16);
    for (int outcome = Z_OK; outcome != Z_STREAM_END;) {
      feed(stream_, rest_);
      give_room(stream_, room);
      outcome = ::inflate(&stream_, Z_NO_FLUSH);
      if (outcome == Z_BUF_ERROR) return fail(Code::kBadArchive, "it is cut off");
      if (outcome != Z_OK && outcome != Z_STREAM_END) return fail(Code::kBadArchive, "it is damaged");
      if (stream_.total_out > kMostOfZlib) return fail(Code::kBadArchive, "it is too large");
    }
    return {};
  }

 private:
  std::string_view rest_;
  z_stream stream_ = {};
  bool ready_ = false;
};

}  // namespace

Result<void> check_zlib(std::string_view packed) { return ZlibCheck(packed).run(); }

Result<std::unique_ptr<Reader>> make_gunzip_reader(std::string_view packed) {
  auto reader = std::make_unique<GunzipReader>(packed);
  if (!reader->ready()) return fail(Code::kTooLarge, "gzip: no memory to inflate");
  return reader;
}

Result<std::unique_ptr<Reader>> make_inflate_reader(std::string_view deflated, InflateExpectation expected) {
  auto reader = std::make_unique<InflateReader>(deflated, std::move(expected));
  if (!reader->ready()) return fail(Code::kTooLarge, "zip: no memory to inflate");
  return reader;
}

}  // namespace modtool::io
