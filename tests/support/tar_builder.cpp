#include "tests/support/tar_builder.hpp"

#include <fmt/format.h>
#include <libdeflate.h>

#include <algorithm>
#include <numeric>

namespace modtool::test {
namespace {

constexpr std::size_t kBlock = 512;
constexpr std::size_t kName = 100;

std::string padded(std::string bytes) {
  bytes.resize((bytes.size() + kBlock - 1) / kBlock * kBlock, '\0');
  return bytes;
}

// POSIX.1-1988: fields of fixed places, numbers in octal, a sum over all bytes with the sum's own as blanks.
std::string header(const std::string& name, char type, std::uint64_t size, const TarMember& member) {
  std::string block(kBlock, '\0');
  const auto put = [&](std::size_t at, const std::string& text) {
    std::ranges::copy(text, block.begin() + static_cast<long>(at));
  };
  put(0, name.substr(0, kName));
  put(100, fmt::format("{:07o}", member.mode));
  put(108, "0000000");
  put(116, "0000000");
  put(124, fmt::format("{:011o}", size));
  put(136, "00000000000");
  put(148, "        ");
  block[156] = type;
  put(157, member.target.substr(0, kName));
  put(257, std::string("ustar\0", 6) + "00");
  const auto sum = std::accumulate(block.begin(), block.end(), 0U,
                                   [](unsigned total, char c) { return total + static_cast<unsigned char>(c); });
  put(148, fmt::format("{:06o}", sum) + std::string(1, '\0'));
  return block;
}

// "<length> path=<name>\n", the length counting itself.
std::string pax_record(const std::string& name) {
  const std::string rest = " path=" + name + "\n";
  std::size_t length = rest.size();
  while (std::to_string(length).size() + rest.size() != length) length = std::to_string(length).size() + rest.size();
  return std::to_string(length) + rest;
}

std::string long_name(const TarMember& member) {
  if (member.names == TarNames::kUstar) return {};
  const bool is_pax = member.names == TarNames::kPax;
  const std::string bytes = is_pax ? pax_record(member.name) : member.name + std::string(1, '\0');
  return header(is_pax ? "PaxHeaders/x" : "././@LongLink", is_pax ? 'x' : 'L', bytes.size(), {}) + padded(bytes);
}

}  // namespace

std::string build_tar(const std::vector<TarMember>& members) {
  std::string tar;
  for (const auto& member : members) {
    tar += long_name(member);
    tar += header(member.name, member.type, member.size.value_or(member.bytes.size()), member);
    tar += padded(member.bytes);
  }
  return tar + std::string(2 * kBlock, '\0');
}

std::string gzip(const std::string& bytes) {
  constexpr int kLevel = 6;
  libdeflate_compressor* const compressor = libdeflate_alloc_compressor(kLevel);
  std::string packed(libdeflate_gzip_compress_bound(compressor, bytes.size()), '\0');
  packed.resize(libdeflate_gzip_compress(compressor, bytes.data(), bytes.size(), packed.data(), packed.size()));
  libdeflate_free_compressor(compressor);
  return packed;
}

}  // namespace modtool::test
