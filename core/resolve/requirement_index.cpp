#include "core/resolve/requirement_index.hpp"

#include <algorithm>
#include <array>
#include <cstring>

namespace modtool::resolve {
namespace {

using manifest::Summary;

constexpr std::string_view kMagic = "modtool-index-1\n";
constexpr std::size_t kHeaderSize = 24;
constexpr std::size_t kDigestSize = 32;
constexpr std::size_t kEntrySize = kDigestSize + 16;

template <class Number>
void put(std::string& out, Number number) {
  for (std::size_t i = 0; i < sizeof number; ++i) out += static_cast<char>(static_cast<std::uint64_t>(number) >> 8 * i);
}

template <class Number>
Number get(std::string_view bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < sizeof(Number); ++i) {
    number |= static_cast<std::uint64_t>(static_cast<unsigned char>(bytes[i])) << 8 * i;
  }
  return static_cast<Number>(number);
}

std::uint32_t crc32(std::string_view bytes) {
  static constexpr auto kTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < 256; ++i) {
      std::uint32_t value = i;
      for (int bit = 0; bit < 8; ++bit) value = (value >> 1) ^ ((value & 1) != 0 ? 0xEDB88320U : 0U);
      table[i] = value;
    }
    return table;
  }();
  std::uint32_t crc = ~0U;
  for (const char byte : bytes) crc = kTable[(crc ^ static_cast<unsigned char>(byte)) & 0xFF] ^ (crc >> 8);
  return ~crc;
}

void put_text(std::string& out, std::string_view text) {
  put(out, static_cast<std::uint32_t>(text.size()));
  out += text;
}

std::string encode(const Summary& summary) {
  std::string out;
  put_text(out, summary.path);
  put_text(out, summary.language);
  put_text(out, summary.deprecated);
  out += summary.prunes ? '\1' : '\0';
  put(out, static_cast<std::uint32_t>(summary.require.size()));
  for (const auto& required : summary.require) {
    put_text(out, required.path);
    put_text(out, required.version);
  }
  put(out, static_cast<std::uint32_t>(summary.retract.size()));
  for (const auto& retraction : summary.retract) {
    put_text(out, retraction.low);
    put_text(out, retraction.high);
    put_text(out, retraction.rationale);
  }
  return out;
}

// Takes values off the front of a record; past its end everything is empty and `failed` is set.
struct Decoder {
  std::string_view rest;
  bool failed = false;

  std::string_view take(std::size_t size) {
    if (size > rest.size()) {
      failed = true;
      rest = {};
      return {};
    }
    const auto taken = rest.substr(0, size);
    rest.remove_prefix(size);
    return taken;
  }
  std::uint32_t number() {
    const auto bytes = take(4);
    return failed ? 0 : get<std::uint32_t>(bytes);
  }
  std::string text() { return std::string(take(number())); }
};

std::optional<Summary> decode(std::string_view record) {
  Decoder in{record};
  Summary summary;
  summary.path = in.text();
  summary.language = in.text();
  summary.deprecated = in.text();
  summary.prunes = in.take(1) == "\1";
  const std::uint32_t required = in.number();
  summary.require.reserve(std::min<std::size_t>(required, in.rest.size() / 8));
  for (std::uint32_t i = 0; i < required && !in.failed; ++i) {
    std::string path = in.text();
    summary.require.push_back({std::move(path), in.text()});
  }
  const std::uint32_t retracted = in.number();
  for (std::uint32_t i = 0; i < retracted && !in.failed; ++i) {
    std::string low = in.text();
    std::string high = in.text();
    summary.retract.push_back({std::move(low), std::move(high), in.text()});
  }
  if (in.failed || !in.rest.empty()) return std::nullopt;
  return summary;
}

// The key of a hash: the 32 bytes behind "h1:"; nothing for hashes of other algorithms.
std::optional<std::string> digest_of(std::string_view h1) {
  if (!h1.starts_with("h1:")) return std::nullopt;
  auto digest = from_base64(h1.substr(3));
  if (!digest || digest->size() != kDigestSize) return std::nullopt;
  return digest;
}

}  // namespace

std::unique_ptr<RequirementIndex> RequirementIndex::open(const io::FileReader& files, std::string path) {
  std::unique_ptr<RequirementIndex> index(new RequirementIndex(std::move(path)));
  auto bytes = files.map(index->path_);
  if (bytes && !index->accept(std::move(*bytes))) index->bytes_.reset();
  return index;
}

bool RequirementIndex::accept(std::unique_ptr<io::FileBytes> bytes) {
  bytes_ = std::move(bytes);
  const auto view = bytes_->view();
  if (view.size() < kHeaderSize || !view.starts_with(kMagic)) return false;
  const auto count = get<std::uint64_t>(view.substr(kMagic.size(), 8));
  if (count > (view.size() - kHeaderSize) / kEntrySize) return false;
  table_ = view.substr(kHeaderSize, count * kEntrySize);
  return true;
}

std::string_view RequirementIndex::record(std::string_view digest) const {
  std::size_t low = 0;
  std::size_t high = table_.size() / kEntrySize;
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const auto entry = table_.substr(middle * kEntrySize, kEntrySize);
    const int order = digest.compare(entry.substr(0, kDigestSize));
    if (order == 0) {
      const auto offset = get<std::uint64_t>(entry.substr(kDigestSize, 8));
      const auto size = get<std::uint32_t>(entry.substr(kDigestSize + 8, 4));
      const auto view = bytes_->view();
      if (offset > view.size() || size > view.size() - offset) return {};
      const auto found = view.substr(offset, size);
      return crc32(found) == get<std::uint32_t>(entry.substr(kDigestSize + 12, 4)) ? found : std::string_view();
    }
    (order < 0 ? high : low) = order < 0 ? middle : middle + 1;
  }
  return {};
}

std::optional<Summary> RequirementIndex::find(std::string_view h1) const {
  const auto digest = digest_of(h1);
  if (!digest) return std::nullopt;
  const auto found = record(*digest);
  return found.empty() ? std::nullopt : decode(found);
}

void RequirementIndex::add(std::string_view h1, const Summary& summary) {
  auto digest = digest_of(h1);
  if (!digest) return;
  const std::lock_guard lock(mutex_);
  added_.insert_or_assign(std::move(*digest), encode(summary));
}

Result<void> RequirementIndex::save(io::FileSystem& files) const {
  const std::lock_guard lock(mutex_);
  if (added_.empty()) return {};
  std::map<std::string_view, std::string_view> records(added_.begin(), added_.end());
  for (std::size_t i = 0; i * kEntrySize < table_.size(); ++i) {
    const auto digest = table_.substr(i * kEntrySize, kDigestSize);
    if (const auto old = record(digest); !old.empty()) records.emplace(digest, old);
  }

  std::string out(kMagic);
  put(out, static_cast<std::uint64_t>(records.size()));
  std::uint64_t offset = kHeaderSize + records.size() * kEntrySize;
  for (const auto& [digest, bytes] : records) {
    out += digest;
    put(out, offset);
    put(out, static_cast<std::uint32_t>(bytes.size()));
    put(out, crc32(bytes));
    offset += bytes.size();
  }
  for (const auto& [digest, bytes] : records) out += bytes;
  MODTOOL_CHECK(files.make_directories(io::directory_of(path_)));
  return files.write_atomic(path_, out);
}

}  // namespace modtool::resolve
