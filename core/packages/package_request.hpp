// What the packages of a project are loaded from, beside its modules.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/manifest.hpp"
#include "core/module/module_version.hpp"

namespace modtool::packages {

// A main module, as its manifest describes it.
struct MainSources {
  std::string path;
  std::string root;                      // its directory
  std::vector<std::string> ignore = {};  // of go.mod, as written
  std::vector<std::string> tools = {};   // the package paths of its tool lines
};

// The main modules, and what their manifests say of others.
//
// With pruned roots Go looks among the roots first and asks for the whole build list only where an import is in none of
// them; what is used must be a root in the end. So where a project has loaded once without an error, its roots alone
// are as good as the build list: a proof knows no more.
struct PackageRequest {
  std::vector<MainSources> mains;  // at least one
  const io::FileReader* files;     // reads them
  std::vector<manifest::Replacement> replace;
  std::vector<module::ModuleVersion> exclude;
  manifest::Roots roots;
  // The value of the flag -mod where the user gave it, for messages that then name it.
  std::string explicit_mode;

  bool is_main(std::string_view path) const {
    return std::ranges::find(mains, path, &MainSources::path) != mains.end();
  }
};

}  // namespace modtool::packages
