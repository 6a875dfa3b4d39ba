// The build plan: every library that the build may use, with where its sources are and how it is built and found. A
// pure function of the manifest, the lock and the (proven) sources.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/result.hpp"
#include "core/build/recipe.hpp"
#include "core/module/module_version.hpp"

namespace modtool::build {

// Where the lock has a module from: what else a build file may call its version.
struct Origin {
  std::string tag;     // empty: none
  std::string commit;  // 40 hexadecimal digits; empty: not from Git
  std::string url;     // of an archive; empty: none
};

// A module as the project gives it to the planning.
struct ModuleInput {
  module::ModuleVersion module;
  Origin origin;
  bool is_required = false;  // by the project itself, not by a group or another module
  bool is_patched = false;
  bool is_users_own = false;  // its directory replaces the module: nothing proves it, and it may change
  std::string directory;      // of its sources: from the project's root, or absolute
  std::string overlay;        // directory with its build files, likewise; empty: none
  std::string recipe;         // JSON, as the manifest has it
  std::string chain;          // how it came into the graph: "example.com/main -> a@v1.0.0 -> b@v1.2.0"
  Where where;                // of its description, where it has one
};

struct PlannedModule {
  module::ModuleVersion module;
  Origin origin;
  bool is_required = false;
  bool is_patched = false;
  bool is_users_own = false;
  std::string directory;
  std::string overlay;
  std::string chain;
  std::string cmake_version;  // the version that find_package() sees
  Recipe recipe;              // with name_packages() its names are those that count: described ones, or else made up
  Where where;                // of its description, where it has one
  std::vector<std::string> pkg_config;  // what pkg-config calls it and its parts: see claim_pkg_config()
};

struct BuildPlan {
  std::vector<PlannedModule> modules;  // in the order of the input
  std::vector<std::string> allowed;    // packages that may come from the machine, even with --strict
};

// The text of a file of a module, by its path as in the inputs; empty where it is not there.
using SourceReader = std::function<std::string(const std::string& path)>;

// Reads the recipes; `allowed` is what the manifest lets come from the machine. Code::kManifestField for what a recipe
// cannot say.
Result<BuildPlan> plan_build(const std::vector<ModuleInput>& modules, const std::vector<std::string>& allowed = {});

// What is answered with "not there", and to whom: "package Python from example.com/a@v1.0.0".
std::vector<std::string> hidden_packages(const BuildPlan& plan);

// What CMake's find_package() and FetchContent call the modules. Where no names are described they are the last element
// of the path and the project's own name; such a name yields to one that is described. Code::kNameClash names two
// modules that are described with one name (or that would both be called so), case left aside; Code::kBadRecipe a
// library that is described as built without what a module provides.
Result<void> name_packages(BuildPlan& plan, const SourceReader& read);

// Whether a tag or a commit (shortened, perhaps) of a build file is what the lock has.
bool is_locked_revision(const PlannedModule& module, std::string_view revision);
// The same of the URL of an archive: it names the version, the tag or the commit somewhere, or no version at all.
bool is_locked_url(const PlannedModule& module, std::string_view url);

// Where the module's CMakeLists.txt should be: its overlay, or its own.
std::string cmake_directory(const PlannedModule& module);

// The name in the first project() of a CMakeLists.txt; empty where it has none, or one that only CMake knows.
std::string project_name_of(std::string_view cmake_lists);

}  // namespace modtool::build
