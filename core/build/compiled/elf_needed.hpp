// The libraries that an ELF file says it needs: DT_NEEDED.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modtool::build {

// "libz.so.1", … of a 64- or 32-bit little-endian file. None where it is no such file, or is damaged: what loads it
// would not take it either.
std::vector<std::string> elf_needed(std::string_view file);

}  // namespace modtool::build
