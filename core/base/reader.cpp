#include "core/base/reader.hpp"

namespace modtool {
namespace {

class StringReader final : public Reader {
 public:
  explicit StringReader(std::string bytes) : bytes_(std::move(bytes)) {}

  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t count = bytes_.copy(into.data(), into.size(), position_);
    position_ += count;
    return count;
  }

 private:
  std::string bytes_;
  std::size_t position_ = 0;
};

constexpr std::size_t kChunk = 64 * 1024;

}  // namespace

Result<std::string> read_all(Reader& reader, std::uint64_t limit) {
  std::string bytes;
  std::size_t filled = 0;
  for (;;) {
    bytes.resize(filled + kChunk);
    MODTOOL_TRY(const std::size_t count, reader.read({bytes.data() + filled, kChunk}));
    filled += count;
    if (filled > limit) return fail(Code::kTooLarge, "more than " + std::to_string(limit) + " bytes");
    if (count == 0) break;
  }
  bytes.resize(filled);
  return bytes;
}

std::unique_ptr<Reader> make_string_reader(std::string bytes) {
  return std::make_unique<StringReader>(std::move(bytes));
}

}  // namespace modtool
