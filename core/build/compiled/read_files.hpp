// What the compiler read, as the build tool has written it down.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::build {

// Numbers are places in ReadFiles::paths.
struct ReadObject {
  std::uint32_t output = 0;
  std::vector<std::uint32_t> inputs;  // the source first, where the compiler told it so
};

struct ReadFiles {
  std::vector<std::string> paths;  // as written: absolute, or from the build directory
  std::vector<ReadObject> objects;
};

// Larger ones are not read.
inline constexpr std::size_t kLargestDependencyLog = std::size_t{256} << 20;
inline constexpr std::size_t kLargestDependencyFile = std::size_t{16} << 20;

// Ninja's binary log `.ninja_deps`, of its versions 3 and 4. After the line "# ninjadeps\n" and the version (32 bits,
// as all numbers little-endian) come records: their size in bytes, whose highest bit tells a dependency record. A path:
// its bytes, up to three NULs, and the complement of its number. Dependencies: the number of the output, its time
// (64 bits; 32 in version 3), the numbers of the inputs. The last record of an output counts. Code::kBuildFailed for
// anything else, and for a log that ends within a record.
Result<ReadFiles> parse_ninja_deps(std::string_view log);

// Collects rules for make, as a compiler writes them: "main.o: main.c a.h \", with blanks and # behind a backslash and
// $ doubled.
class MakeDependencies {
 public:
  // Code::kBuildFailed where the text has no rule.
  Result<void> add(std::string_view text);
  ReadFiles take() { return std::move(found_); }

 private:
  std::uint32_t number_of(std::string path);

  ReadFiles found_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
};

}  // namespace modtool::build
