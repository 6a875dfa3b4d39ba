#include "tests/support/zip_builder.hpp"

#include <libdeflate.h>

#include <memory>

namespace modtool::test {
namespace {

constexpr std::uint32_t kMore = 0xFFFFFFFF;

std::string number(std::uint64_t value, int bytes) {
  std::string text;
  for (int i = 0; i < bytes; ++i) text += static_cast<char>(value >> (8 * i) & 0xFF);
  return text;
}
std::string u16(std::uint64_t value) { return number(value, 2); }
std::string u32(std::uint64_t value) { return number(value, 4); }
std::string u64(std::uint64_t value) { return number(value, 8); }

std::string deflate(const std::string& bytes) {
  const std::unique_ptr<libdeflate_compressor, decltype(&libdeflate_free_compressor)> compressor(
      libdeflate_alloc_compressor(6), &libdeflate_free_compressor);
  std::string packed(libdeflate_deflate_compress_bound(compressor.get(), bytes.size()), '\0');
  packed.resize(
      libdeflate_deflate_compress(compressor.get(), bytes.data(), bytes.size(), packed.data(), packed.size()));
  return packed;
}

// What both headers of a member say.
struct Facts {
  std::string data;
  std::uint64_t size;
  std::uint64_t compressed_size;
  std::uint64_t offset;
  std::string common;  // flags, method, time, checksum

  Facts(const ZipMember& member, std::uint64_t at)
      : data(member.deflated ? deflate(member.bytes) : member.bytes),
        size(member.size.value_or(member.bytes.size())),
        compressed_size(member.compressed_size.value_or(data.size())),
        offset(member.offset.value_or(at)) {
    const std::uint32_t crc = libdeflate_crc32(0, member.bytes.data(), member.bytes.size());
    common = u16(member.flags) + u16(member.method.value_or(member.deflated ? 8 : 0)) + u32(0) +
             u32(member.crc32.value_or(crc));
  }
};

std::string local_header(const ZipMember& member, const Facts& facts) {
  const std::string name = member.local_name.value_or(member.name);
  return u32(0x04034b50) + u16(20) + facts.common + u32(facts.compressed_size) + u32(facts.size) + u16(name.size()) +
         u16(0) + name;
}

std::string directory_header(const ZipMember& member, const Facts& facts) {
  constexpr std::uint16_t kUnix = 3 << 8;
  std::string extra;
  if (member.zip64) extra = u16(1) + u16(24) + u64(facts.size) + u64(facts.compressed_size) + u64(facts.offset);
  const auto or_more = [&](std::uint64_t value) { return u32(member.zip64 ? kMore : value); };
  return u32(0x02014b50) + u16(kUnix | 20) + u16(20) + facts.common + or_more(facts.compressed_size) +
         or_more(facts.size) + u16(member.name.size()) + u16(extra.size()) + u16(0) + u32(0) +
         u32(std::uint64_t{member.unix_mode} << 16) + or_more(facts.offset) + member.name + extra;
}

std::string directory_end(std::uint64_t entries, std::uint64_t size, std::uint64_t offset, std::uint64_t end,
                          const ZipEnding& ending) {
  std::string text;
  if (ending.zip64) {
    text = u32(0x06064b50) + u64(44) + u16(45) + u16(45) + u64(0) + u64(entries) + u64(entries) + u64(size) +
           u64(offset) + u32(0x07064b50) + u32(0) + u64(end) + u32(1);
    entries = 0xFFFF;
    size = kMore;
    offset = kMore;
  }
  return text + u32(0x06054b50) + u32(0) + u16(entries) + u16(entries) + u32(size) + u32(offset) +
         u16(ending.comment.size()) + ending.comment;
}

}  // namespace

std::string build_zip(const std::vector<ZipMember>& members, const ZipEnding& ending) {
  std::string zip;
  std::string directory;
  for (const auto& member : members) {
    const Facts facts(member, zip.size());
    zip += local_header(member, facts) + facts.data;
    directory += directory_header(member, facts);
  }
  const std::uint64_t offset = ending.directory_offset.value_or(zip.size());
  zip += directory + ending.before_end;
  return zip + directory_end(ending.entries.value_or(members.size()), directory.size(), offset, zip.size(), ending);
}

}  // namespace modtool::test
