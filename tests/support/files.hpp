// Whole files, for tests that look at the disk from outside the program.
#pragma once

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>

namespace modtool::test {

// All bytes of a file; empty where it cannot be read.
inline std::string read_file(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Makes the file and the directories above it; `how` may be std::ios::app.
inline void write_file(const std::filesystem::path& file, std::string_view text,
                       std::ios::openmode how = std::ios::trunc) {
  if (file.has_parent_path()) std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary | how) << text;
}

}  // namespace modtool::test
