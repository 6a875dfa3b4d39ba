// Which files the compiler has read, from what build tools keep of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::build {

// A file that was read, and one of those that were made of it, as the tool writes them: absolute, or from the build
// directory.
struct ReadFile {
  std::string file;
  std::string made;
};

// What ninja has noted in `.ninja_deps`, of what was made last; each file once. Code::kBuildFailed for a log of another
// version, or one that is damaged: ninja itself would begin anew.
Result<std::vector<ReadFile>> read_ninja_log(std::string_view bytes);

// What a compiler has written for make: `made: file file \`. Escapes are those of GCC and Clang; a text that is no such
// rule tells nothing.
std::vector<ReadFile> read_depfile(std::string_view text);

}  // namespace modtool::build
