// How a Meson project finds the modules of a build plan: which are subprojects of it, and by what names. A pure
// function of the plan and the (proven) sources.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/build/build_plan.hpp"

namespace modtool::build {

enum class SubprojectKind {
  kSources,  // the module has a meson.build
  kOverlay,  // its overlay has one, which lies over the sources
  kHeaders,  // `headerOnly`: gets one that is made here
  kCMake,    // none: CMake builds and installs it, and Meson finds what is installed
  kNone,     // nothing to build
};

struct Subproject {
  const PlannedModule* module = nullptr;  // of the plan
  SubprojectKind kind = SubprojectKind::kNone;
  std::string name;                    // what it is called: "zlib"
  std::vector<std::string> names;      // of the dependencies that it provides; without repetitions
  Values variables;                    // name of a dependency → variable of its meson.build; of the others it overrides
  std::vector<std::string> libraries;  // that its meson.build says it builds
  std::vector<std::string> pc_files;   // that it says it makes for pkg-config
};

// One for each module, in their order. Where nothing is described the subproject is called by its own project(), and
// the dependencies are what its meson.build and those below subdir() override, and `zlib` where one assigns to
// `zlib_dep`. Code::kNameClash as for name_packages().
Result<std::vector<Subproject>> plan_subprojects(const BuildPlan& plan, const SourceReader& read);

// Whether it may be the name of a subproject, of its directory and of a dependency.
bool is_subproject_name(std::string_view name);

// Whether its sources are a copy, below kMesonCopies: `<path>@<version>`.
bool is_copied(const Subproject& subproject);

// From the project's root: beside the links in subprojects/, all build directories share the copies.
inline constexpr std::string_view kMesonCopies = ".modtool/copies";

// The directory of a subproject below subprojects/: "zlib-v1.3.1". With another version it is another one, so that what
// was compiled from the one before does not stay.
std::string directory_of(const Subproject& subproject);

}  // namespace modtool::build
