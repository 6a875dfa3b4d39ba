// Whether a build took something of the machine in the place of a module: a header that a module has, a library that it
// builds.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/build_tool.hpp"
#include "core/build/inputs/read_files.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// What a module offers to those who compile and link with it.
struct ModuleOutputs {
  const PlannedModule* module = nullptr;
  std::vector<std::string> include_directories;  // absolute
  std::set<std::string> libraries;               // by their names to the linker: "z" of libz.a
};

// What a target was linked with: a path, or `-lz`.
struct LinkedFile {
  std::string file;
  std::string target;
};

// What a build is known to have used.
struct BuildInputs {
  std::vector<ReadFile> read;
  std::vector<LinkedFile> linked;
  std::set<std::string> include_directories;  // that compilers were told of
};

struct ForeignInput {
  std::string message;  // what was used by whom, and which module has it
  std::string change;   // what is to be changed
};

// Compares them. A header is a module's by its path below an include directory: `acme/kit.h` of the machine is that of
// a module which has `acme/kit.h` in a directory that it offers, and `other/kit.h` is not. What belongs to the project,
// a module or the build directory is never foreign; nor is what the plan allows. The first header and library of each
// module are told.
Result<std::vector<ForeignInput>> find_foreign_inputs(const BuildRequest& request, const std::string& build_directory,
                                                      const BuildInputs& inputs,
                                                      const std::vector<ModuleOutputs>& outputs,
                                                      const io::FileReader& files);

}  // namespace modtool::build
