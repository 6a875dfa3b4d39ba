// What the packages of a project are loaded from, beside its modules.
#pragma once

#include <string>
#include <vector>

#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/manifest.hpp"
#include "core/module/module_version.hpp"

namespace modtool::packages {

// The main module, as its manifest describes it.
//
// With pruned roots Go looks among the roots first and asks for the whole build list only where an import is in none of
// them; what is used must be a root in the end. So where a project has loaded once without an error, its roots alone
// are as good as the build list: a proof knows no more.
struct PackageRequest {
  std::string main_path;
  std::string root;                 // the main module's directory
  const io::FileReader* files;      // reads it
  std::vector<std::string> ignore;  // of go.mod, as written
  std::vector<std::string> tools;   // the package paths of its tool lines
  std::vector<manifest::Replacement> replace;
  std::vector<module::ModuleVersion> exclude;
  manifest::Roots roots;
  // The value of the flag -mod where the user gave it, for messages that then name it.
  std::string explicit_mode;
};

}  // namespace modtool::packages
