// `build`, `test`, `run`, `cmake` and `meson`: proves the sources of a project's modules, tells the build tool where
// they are, and runs it.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"

namespace modtool::cli {

enum class BuildVerb { kBuild, kTest, kRun };

struct BuildOptions {
  BuildVerb verb = BuildVerb::kBuild;
  std::string mod;                   // --mod
  std::vector<std::string> targets;  // as the build tool calls them
  std::string preset;
  std::string generator;
  std::string build_directory;
  std::vector<std::string> definitions;
  bool strict = false;
  std::string prefix;
};

// Nothing is run, and no file written, before the sources are proven. Gives 0, or the exit status of the program that
// `run` ran.
Result<int> build_project(Session& session, const BuildOptions& options);

struct IntegrationReport {
  std::size_t modules = 0;
  std::vector<std::string> written;  // the files that were not there as they should be, from the project's root
};

// Writes only the files that tell a build tool ("cmake", "meson") where the modules are. Code::kNotSupported where
// another one builds the project.
Result<IntegrationReport> write_integration(Session& session, const std::string& system, const std::string& mod);

}  // namespace modtool::cli
