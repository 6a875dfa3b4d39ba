// Which files a build was compiled from, wherever its build tool has that.
#pragma once

#include <string>
#include <vector>

#include "core/build/compiled/foreign.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

struct Compiled {
  ReadFiles read;
  std::vector<LinkLine> links;      // of ninja's manifests
  std::vector<std::string> unseen;  // why something was not looked at, a line each
};

// The files that tell it, of which a change means other answers. For make these are as many as there are objects.
Result<std::vector<std::string>> list_dependency_files(const io::FileReader& files, const std::string& build_directory);

// Reads them: of `build.ninja` the objects that are there and were compiled, and `.ninja_deps`; of a Makefile the
// `….o.d` beside each object in CMakeFiles/*.dir. Only errors of the file system are errors.
Result<Compiled> read_compiled(const io::FileReader& files, const std::string& build_directory);

}  // namespace modtool::build
