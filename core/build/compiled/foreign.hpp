// What of a build is not its modules': headers and libraries that modules provide, and that came from the machine.
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/build/build_plan.hpp"
#include "core/build/compiled/read_files.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// Where a module's files are, in a build.
struct ModulePlace {
  const PlannedModule* module = nullptr;
  std::vector<std::string> directories;          // of its sources and of what is made of them; absolute
  std::vector<std::string> include_directories;  // of its targets; absolute
  std::set<std::string> libraries;               // what its libraries are linked as: "z"
};

// What a program or a library was linked with.
struct LinkLine {
  std::string output;
  std::string file;                // what was made, from the build directory; empty: not known
  std::vector<std::string> words;  // "-lz", "-L/opt/lib", "/usr/lib/libz.so", "lib/libz.a"
};

struct BuildPlaces {
  std::string directory;            // the build directory, absolute
  std::vector<std::string> inside;  // absolute: whatever is below is no concern
  std::vector<std::string> search;  // directories outside where the compiler looked for headers
  std::vector<std::string> allowed;
  std::vector<ModulePlace> modules;
};

// A module with its directories from the project's root, and the include directories and libraries that are known
// without asking the build tool.
ModulePlace place_of(const PlannedModule& module, const std::string& root, const io::FileReader& files);

// The module in one of whose directories a path is: the deepest counts. nullptr: none.
ModulePlace* owner_of(std::vector<ModulePlace>& modules, std::string_view path);

// "libz.so.1.2" → "z", "-lz" → "z"; empty for what is no library.
std::string library_name(std::string_view word);

// A line on each header outside that a module provides, by its path below an include directory of a target; one for
// each module, since where one came from, others did. Then a line behind "\n  change: " on what mends it.
std::vector<std::string> find_foreign_headers(const io::FileReader& files, const ReadFiles& read,
                                              const BuildPlaces& places);

// The same of libraries: those that are linked, and those that what was made says it needs (DT_NEEDED).
std::vector<std::string> find_foreign_libraries(const io::FileReader& files, const std::vector<LinkLine>& links,
                                                const BuildPlaces& places);

}  // namespace modtool::build
