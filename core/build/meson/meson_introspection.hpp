// What a configured Meson build tells of itself in its meson-info/ (format: Meson's manual, "IDE integration"), and in
// its log.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

struct MesonProgram {
  std::string path;    // absolute
  std::string target;  // as `meson compile` takes it without ambiguity: "src/app:executable"
};

// The program that a target of the project builds. Code::kNoSuchTarget with the names there are.
Result<MesonProgram> find_meson_program(const io::FileReader& files, const std::string& build_directory,
                                        const std::string& target);

struct FoundDependency {
  std::string name;
  std::string arguments;  // for the compiler and the linker, a line each
};

// The dependencies that come from the machine, or from elsewhere outside the build.
Result<std::vector<FoundDependency>> read_dependencies(const io::FileReader& files, const std::string& build_directory);

// The libraries that find_library() has found, and that are no part of the build.
Result<std::set<std::string>> read_found_libraries(const io::FileReader& files, const std::string& build_directory);

// The subprojects that are part of the build.
Result<std::set<std::string>> read_subprojects(const io::FileReader& files, const std::string& build_directory);

// What the targets of the project and of its subprojects are made with.
struct TargetFacts {
  std::set<std::string> include_directories;                   // absolute, or from the build directory
  std::vector<std::pair<std::string, std::string>> libraries;  // where they are defined, and their files
};

Result<TargetFacts> read_target_facts(const io::FileReader& files, const std::string& build_directory);

// The names that `meson test` knows the project's own tests by.
struct OwnTests {
  std::string project;
  std::set<std::string> suites;  // also the project's name, as suites have it
};

Result<OwnTests> read_own_tests(const io::FileReader& files, const std::string& build_directory);

}  // namespace modtool::build
