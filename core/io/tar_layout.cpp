#include "core/io/tar_layout.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/base/text.hpp"

namespace modtool::io {
namespace {

constexpr std::size_t kSizeAt = 124;
constexpr std::size_t kSizeLength = 12;
constexpr std::size_t kTypeAt = 156;
constexpr std::size_t kSparseAt = 482;      // in a header of GNU's old sparse format: whether its map goes on
constexpr std::size_t kMoreSparseAt = 504;  // the same in a block of the map
constexpr std::uint64_t kMostRecords = 1U << 20;

std::unexpected<Error> refuse(std::string message) { return fail(Code::kBadArchive, std::move(message)); }

bool is_zero(std::string_view block) { return block.find_first_not_of('\0') == block.npos; }

// Octal digits, or a number of base 256 whose first bit is set.
std::optional<std::uint64_t> read_size(std::string_view field) {
  if ((static_cast<unsigned char>(field[0]) & 0x80U) != 0) {
    std::uint64_t size = 0;
    for (const char byte : field.substr(kSizeLength - sizeof size))
      size = size << 8U | static_cast<unsigned char>(byte);
    return size;
  }
  const auto end = std::min(field.find('\0'), field.size());
  const auto digits = trim(field.substr(0, end));
  std::uint64_t size = 0;
  const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size, 8);
  const bool is_whole = error == std::errc() && stop == digits.data() + digits.size();
  return digits.empty() ? std::optional<std::uint64_t>(0) : is_whole ? std::optional(size) : std::nullopt;
}

std::uint64_t whole_blocks(std::uint64_t size) {
  return (size + TarLayout::kBlock - 1) / TarLayout::kBlock * TarLayout::kBlock;
}

// "27 path=a/b\n" off the front; nothing where no record stands there.
std::optional<std::pair<std::string_view, std::string_view>> take_record(std::string_view& text) {
  std::size_t size = 0;
  const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), size);
  const auto digits = static_cast<std::size_t>(stop - text.data());
  if (error != std::errc() || size > text.size() || size < digits + 3 || text[digits] != ' ') return std::nullopt;
  const auto record = text.substr(digits + 1, size - digits - 2);
  text.remove_prefix(size);
  const auto equals = record.find('=');
  if (equals == record.npos) return std::nullopt;
  return std::pair(record.substr(0, equals), record.substr(equals + 1));
}

}  // namespace

Result<void> TarLayout::take(std::string_view block) {
  if (is_lost_) return {};
  if (in_sparse_) {
    in_sparse_ = block.size() == kBlock && block[kMoreSparseAt] != '\0';
    return {};
  }
  if (left_ > 0) {
    if (records_ != Records::kNone) collected_ += block;
    left_ -= std::min<std::uint64_t>(left_, kBlock);
    return left_ == 0 && records_ != Records::kNone ? take_records() : Result<void>();
  }
  if (is_zero(block)) {
    has_ended_ = true;
    return {};
  }
  if (has_ended_) return refuse("something follows the end of the tar file");
  if (block.size() < kBlock) return {};
  return take_header(block);
}

Result<void> TarLayout::take_header(std::string_view block) {
  const auto written = read_size(block.substr(kSizeAt, kSizeLength));
  const char type = block[kTypeAt];
  is_lost_ = !written.has_value();
  if (is_lost_) return {};
  std::uint64_t size = *written;
  if (type == 'x' || type == 'X' || type == 'g') {
    if (size > kMostRecords) return refuse("a pax header of more than a megabyte");
    records_ = type == 'g' ? Records::kOfAll : Records::kOfNext;
    collected_.clear();
    collected_.reserve(whole_blocks(size));
    left_ = whole_blocks(size);
    next_size_.reset();
    return size == 0 ? take_records() : Result<void>();
  }
  const bool is_of_entry = type != 'L' && type != 'K';  // long names of the next one
  if (is_of_entry && next_size_) size = *std::exchange(next_size_, std::nullopt);
  const bool is_no_file = type >= '1' && type <= '6';
  if (is_no_file && size > 0) return refuse("an entry that is no file has bytes");
  in_sparse_ = type == 'S' && block[kSparseAt] != '\0';
  left_ = whole_blocks(size);
  return {};
}

Result<void> TarLayout::take_records() {
  constexpr std::array<std::string_view, 9> kHarmless = {"atime", "charset", "comment", "ctime", "gid",
                                                         "gname", "mtime",   "uid",     "uname"};
  const bool is_of_all = std::exchange(records_, Records::kNone) == Records::kOfAll;
  std::string_view text = collected_;
  while (!is_zero(text)) {
    const auto record = take_record(text);
    if (!record) {
      is_lost_ = true;
      return {};
    }
    const auto& [key, value] = *record;
    if (is_of_all && std::ranges::find(kHarmless, key) == kHarmless.end()) {
      return refuse(fmt::format("a pax header gives all entries one `{}`", key));
    }
    std::uint64_t size = 0;
    if (key != "size") continue;
    is_lost_ = std::from_chars(value.data(), value.data() + value.size(), size).ptr != value.data() + value.size();
    next_size_ = size;
  }
  return {};
}

}  // namespace modtool::io
