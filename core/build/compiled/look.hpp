// Looks, after a build, at what was compiled and linked.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/build/build_tool.hpp"
#include "core/build/compiled/foreign.hpp"

namespace modtool::build {

// What the build tool knows of a build.
struct BuildFacts {
  std::string build_directory;
  // Files whose change means other answers: what the configuration left.
  std::vector<std::string> marks;
  // Adds what the tool says of its targets. Called only where something changed since the last look.
  std::function<Result<void>(BuildPlaces& places, std::vector<LinkLine>& links)> describe;
  std::vector<std::string> inside;  // besides the project, its modules and the build directory
};

// Tells what came from the machine in the place of a module's, and what could not be looked at; with `strict` both are
// Code::kPackageMissing. What was found is kept in the build directory, for builds with nothing to do.
Result<void> look_at_build(const BuildRequest& request, const Runner& runner, io::FileSystem& files,
                           const BuildFacts& facts);

}  // namespace modtool::build
