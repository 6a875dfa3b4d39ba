// Tar files for tests, well-formed unless asked otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace modtool::test {

// How a name is written that has no room in a header, and whichever for others.
enum class TarNames { kUstar, kGnu, kPax };

struct TarMember {
  std::string name;
  std::string bytes = {};
  char type = '0';  // '0' a file, '1' a hard link, '2' a symbolic link, '3' a device, '5' a directory, …
  std::string target = {};
  std::uint32_t mode = 0644;
  TarNames names = TarNames::kUstar;
  std::optional<std::uint64_t> size = {};  // what the header says instead of the truth
};

std::string build_tar(const std::vector<TarMember>& members);

// The bytes packed with gzip.
std::string gzip(const std::string& bytes);

}  // namespace modtool::test
