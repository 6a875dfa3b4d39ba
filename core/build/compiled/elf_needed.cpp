#include "core/build/compiled/elf_needed.hpp"

#include <algorithm>
#include <cstdint>
#include <optional>

namespace modtool::build {
namespace {

// Numbers of the System V ABI ("Object Files", "Program Loading and Dynamic Linking").
constexpr std::uint64_t kLoadSegment = 1;
constexpr std::uint64_t kDynamicSegment = 2;
constexpr std::uint64_t kNeeded = 1;
constexpr std::uint64_t kStringTable = 5;
constexpr std::size_t kMostEntries = 65536;

struct Segment {
  std::uint64_t type = 0;
  std::uint64_t offset = 0;
  std::uint64_t address = 0;
  std::uint64_t size = 0;
};

class ElfFile {
 public:
  explicit ElfFile(std::string_view file) : file_(file), is_64_(file.size() > 4 && file[4] == 2) {}

  bool is_known() const {
    constexpr char kLittleEndian = 1;
    return file_.size() >= 64 &&
           file_.starts_with(
               "\x7f"
               "ELF") &&
           file_[5] == kLittleEndian;
  }

  std::vector<std::string> needed() const {
    const auto segments = read_segments();
    const auto dynamic = std::ranges::find(segments, kDynamicSegment, &Segment::type);
    if (dynamic == segments.end()) return {};
    std::vector<std::uint64_t> names;
    std::uint64_t strings = 0;
    const std::uint64_t entry = 2 * word();
    for (std::uint64_t at = 0; at + entry <= dynamic->size && names.size() < kMostEntries; at += entry) {
      const std::uint64_t tag = number(dynamic->offset + at, word());
      const std::uint64_t value = number(dynamic->offset + at + word(), word());
      if (tag == 0) break;
      if (tag == kNeeded) names.push_back(value);
      if (tag == kStringTable) strings = value;
    }
    std::vector<std::string> found;
    const auto table = offset_of(segments, strings);
    for (const auto name : names) {
      if (table) found.push_back(text_at(*table + name));
    }
    return found;
  }

 private:
  std::uint64_t word() const { return is_64_ ? 8 : 4; }

  // 0 behind the end.
  std::uint64_t number(std::uint64_t at, std::uint64_t bytes) const {
    if (at > file_.size() || bytes > file_.size() - at) return 0;
    std::uint64_t value = 0;
    for (std::uint64_t i = bytes; i-- > 0;) value = value << 8U | static_cast<unsigned char>(file_[at + i]);
    return value;
  }

  std::vector<Segment> read_segments() const {
    const std::uint64_t table = number(is_64_ ? 32 : 28, word());
    const std::uint64_t size = number(is_64_ ? 54 : 42, 2);
    const std::uint64_t count = number(is_64_ ? 56 : 44, 2);
    std::vector<Segment> segments;
    for (std::uint64_t i = 0; i < count; ++i) {
      const std::uint64_t at = table + i * size;
      segments.push_back({.type = number(at, 4),
                          .offset = number(at + (is_64_ ? 8 : 4), word()),
                          .address = number(at + (is_64_ ? 16 : 8), word()),
                          .size = number(at + (is_64_ ? 32 : 16), word())});
    }
    return segments;
  }

  static std::optional<std::uint64_t> offset_of(const std::vector<Segment>& segments, std::uint64_t address) {
    for (const auto& segment : segments) {
      if (segment.type != kLoadSegment || address < segment.address) continue;
      if (address - segment.address < segment.size) return segment.offset + (address - segment.address);
    }
    return std::nullopt;
  }

  std::string text_at(std::uint64_t at) const {
    if (at >= file_.size()) return {};
    const std::string_view rest = file_.substr(at);
    return std::string(rest.substr(0, rest.find('\0')));
  }

  std::string_view file_;
  bool is_64_;
};

}  // namespace

std::vector<std::string> elf_needed(std::string_view file) {
  const ElfFile elf(file);
  return elf.is_known() ? elf.needed() : std::vector<std::string>();
}

}  // namespace modtool::build
