// How a library is built and found by its users: what the root's manifest says in `describe.<path>.build`.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::build {

using Values = std::vector<std::pair<std::string, std::string>>;  // in the order of the manifest

// What Meson is told of a library: `build.meson`.
struct MesonRecipe {
  std::vector<std::string> names;  // dependencies that its meson.build overrides itself; the first names the subproject
  Values provide;                  // name of a dependency → variable of its meson.build
  Values options;                  // for the library alone, as Meson writes values
};

struct Recipe {
  using Values = build::Values;

  std::vector<std::string> names;        // that find_package() and FetchContent know it by
  std::string subdir;                    // where its CMakeLists.txt is
  Values options;                        // CMake variables for the library alone
  Values aliases;                        // name of a target → the library's own name of it
  Values vars;                           // CMake variables that find_package() sets
  std::vector<std::string> module_path;  // directories of CMake modules that it offers its users
  std::vector<std::string> absent;       // packages that its own find_package() is told are not there
  std::string version;                   // template of the version that CMake sees; empty: {major}.{minor}.{patch}
  std::vector<std::string> header_only;  // directories of headers, in the place of a CMakeLists.txt or meson.build
  MesonRecipe meson;
  bool copy = false;  // it writes into its own sources: it is built from a copy of them
};

// Reads a JSON object that the dialect has checked for its keys and kinds; an empty text is an empty recipe.
// Code::kManifestField for a name that CMake or Meson could not take as one.
Result<Recipe> parse_recipe(std::string_view json);

// What the template makes of a version "v1.2.3-pre": digits and dots. Code::kManifestField for a placeholder that
// is none of {version} {major} {minor} {patch}, or a result that is no version for CMake.
Result<std::string> cmake_version(const std::string& version, const std::string& version_template);

}  // namespace modtool::build
