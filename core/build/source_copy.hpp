// A module's sources as a library may write into them: `"copy": true` in its description. The copy is made of the
// proven files, and holds what the library's own builds left there; anything else makes it anew.
//
//     <directory>         the files, writable
//     <directory>.left    what the last build left of them, a line each:
//
//         modtool copy 1
//         <64 digits>                  the hash of all that the copy was made for
//         <64 digits> <kind> <name>    of the bytes, or where a link leads: file, executable, link; sorted by name
#pragma once

#include <string>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

struct SourceCopy {
  std::string module;     // "path@version"
  std::string sources;    // absolute; proven
  std::string directory;  // absolute; of the copy
  std::string made_for;   // what else it depends on, but for the sources
};

// Where a build directory has its copies; there that of a module is `<path>@<version>`. modules.cmake knows it, too.
std::string copies_in(const std::string& build_directory);

enum class CopyState {
  kKept,     // as the last build left it
  kMade,     // anew: it was not there, or is of other sources
  kRestored  // anew: what was there nobody's build had left
};

// Makes the copy what it must be before a build. All files of one that is made anew are new ones, so that what was
// compiled of others is compiled again. Code::kBuildFailed where the copy would be a part of what it is made of.
Result<CopyState> prepare_copy(io::FileSystem& files, const SourceCopy& copy);

// The hash of the names, bytes and kinds of all files below a directory.
Result<std::string> hash_files(const io::FileReader& files, const std::string& directory);

// Notes what a build has left in the copy, however it ended.
Result<void> record_copy(io::FileSystem& files, const std::string& directory);
// The same of all copies below a directory.
Result<void> record_copies(io::FileSystem& files, const std::string& copies);

}  // namespace modtool::build
