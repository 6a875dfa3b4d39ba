// What builds a project: CMake, Meson, the go command, or a command that the manifest names. Each is one file; a new
// one is a BuildTool and a line in find_build_tool.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/build_plan.hpp"
#include "core/build/build_settings.hpp"
#include "core/build/runner.hpp"
#include "core/io/file_system.hpp"

namespace modtool::build {

// Where the (proven) sources of modules come from.
enum class Sources { kVendor, kCache, kUpdated };  // --mod=vendor, readonly, mod

struct BuildRequest {
  std::string root;       // the project's, absolute
  std::string directory;  // where the user is
  BuildSettings settings;
  BuildPlan plan;  // of tools that use one
  Sources sources = Sources::kCache;
  bool offline = false;
  std::size_t jobs = 0;                // 0: the tool's own choice
  std::vector<std::string> targets;    // as the tool calls what it builds
  std::vector<std::string> passed_on;  // arguments for the tool, or for the program that is run
  std::vector<std::string> inherited;  // flags that the tool takes from its environment (GOFLAGS)
  // Of CMake and Meson:
  std::string build_directory;           // absolute; empty: build/<preset>, or build/modtool
  std::vector<std::string> definitions;  // NAME=value
  bool strict = false;                   // no package from the machine
  // Of CMake:
  std::string preset;
  std::string generator;
  std::string prefix;  // absolute: where modules are installed first; empty: they are part of the build
};

// Which modules are built from a copy of their sources (source_copy.hpp).
struct CopyPlan {
  std::string directory;                      // of the copies: below it `<path>@<version>` is that of a module
  std::string program;                        // that builds them
  std::vector<const PlannedModule*> modules;  // of the request's plan
};

// Stateless. An error is about the build (Code::k31xx) or the cancellation.
class BuildTool {
 public:
  virtual ~BuildTool() = default;
  // Whether it takes the sources from a BuildPlan, by the files that modtool writes for it.
  virtual bool uses_plan() const = 0;
  // Code::kUsage for what this tool has no use for, Code::kBuildFailed where the project has nothing that it reads;
  // before anything is written.
  virtual Result<void> check(const BuildRequest& request, const io::FileReader& files) const = 0;
  // The directory that it writes to, which only one run at a time may use; empty where the tool sees to that itself.
  virtual std::string directory(const BuildRequest& request) const = 0;
  // Settles what the tool calls the modules of the plan; Code::kNameClash.
  virtual Result<void> name_modules(BuildPlan& plan, const SourceReader& read) const;
  // Of tools that use a plan. A copy must be there before `integrate` and what comes behind it.
  virtual Result<CopyPlan> plan_copies(const BuildRequest& request, const io::FileReader& files) const;
  // Writes the files that lead the tool to the modules of the plan, where they are not there as they should be; gives
  // their names, from the project's root. Nothing where the tool uses no plan.
  virtual Result<std::vector<std::string>> integrate(const BuildRequest& request, io::FileSystem& files) const;
  virtual Result<void> build(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const = 0;
  virtual Result<void> test(const BuildRequest& request, const Runner& runner, io::FileSystem& files) const = 0;
  // Builds the first target, and gives the step that runs it with `passed_on`.
  virtual Result<Step> build_program(const BuildRequest& request, const Runner& runner,
                                     io::FileSystem& files) const = 0;
};

// The tool of that name ("cmake", "meson", "go", "command"), or nullptr.
const BuildTool* find_build_tool(std::string_view name);

// The tool for a project whose manifest names none: the usual one of its dialect, but Meson where a meson.build is
// there and no CMakeLists.txt.
Result<const BuildTool*> usual_build_tool(std::string_view usual, const io::FileReader& files, const std::string& root);

// The flags of a command line that not every tool knows.
enum class BuildFlag { kBuildDirectory, kDefinitions, kStrict, kPreset, kGenerator, kPrefix };

// Code::kUsage where the request has one that is not among those of `tool` ("Meson").
Result<void> check_flags(const BuildRequest& request, std::string_view tool, std::initializer_list<BuildFlag> known);

// Code::kNoSuchTarget, with the programs that there are.
Error no_such_program(const std::string& target, const std::vector<std::string>& programs);

const BuildTool& cmake_tool();
const BuildTool& meson_tool();
const BuildTool& go_tool();
const BuildTool& command_tool();

}  // namespace modtool::build
