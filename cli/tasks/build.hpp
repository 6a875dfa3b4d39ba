// `build`, `test`, `run`, `cmake` and `meson`: proves the sources of a project's modules, tells the build tool where
// they are, and runs it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/tasks/build_sources.hpp"
#include "core/engine/context.hpp"

namespace modtool::tasks {

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
  std::size_t jobs = 0;                // 0: as the build tool thinks
  std::vector<std::string> passed_on;  // to the program that is run
  bool trace = false;                  // each command is announced
};

// Is told what happens while a project is built, in order.
class BuildListener : public ProofListener {
 public:
  // A command line is about to be run; with BuildOptions::trace only.
  virtual void on_command(const std::string& line) = 0;
  // What a program writes, as it is. Where a program of the project is run, what builds it counts as talk.
  virtual void on_output(bool is_talk, std::string_view bytes) = 0;
  // A program is about to have the terminal to itself.
  virtual void on_hand_over() = 0;
};

// Nothing is run, and no file written, before the sources are proven. Gives 0, or the exit status of the program that
// `run` ran.
Result<int> build_project(const engine::Context& context, const BuildOptions& options, BuildListener& listener);

struct IntegrationReport {
  std::size_t modules = 0;
  std::vector<std::string> written;  // the files that were not there as they should be, from the project's root
};

struct IntegrationOptions {
  std::string mod;              // --mod
  std::string build_directory;  // where the copies of modules are made, of tools that have them there; may be empty
};

// Writes only the files that tell a build tool ("cmake", "meson") where the modules are. Code::kNotSupported where
// another one builds the project.
Result<IntegrationReport> write_integration(const engine::Context& context, const std::string& system,
                                            const IntegrationOptions& options, ProofListener& listener);

// Notes what a configuration without modtool has left in the copies in a build directory.
Result<void> record_copies(const engine::Context& context, const std::string& build_directory);

}  // namespace modtool::tasks
