// What the packages of a project are loaded from.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/dialect.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/usage.hpp"
#include "core/module/module_version.hpp"

namespace modtool::packages {

// The main module and the modules that may provide its imports. The callbacks are called from several threads at once
// and outlive the loading.
//
// With pruned roots Go looks among the roots first and asks for the whole build list only where an import is in none of
// them; what is used must be a root in the end. So where a project has loaded once without an error, its roots alone
// are as good as the build list: a proof passes those.
struct PackageRequest {
  std::string main_path;
  std::string root;                 // the main module's directory
  const io::FileReader* files;      // reads it
  std::vector<std::string> ignore;  // of go.mod, as written
  std::vector<std::string> tools;   // the package paths of its tool lines
  std::vector<manifest::Replacement> replace;
  manifest::Roots roots;
  // The selected versions of the whole graph; called at most once.
  std::function<Result<std::vector<module::ModuleVersion>>()> build_list;
  // The trees of the modules, replacements applied. Code::kChecksumMissing says that go.sum lacks the module.
  manifest::TreeOpener open;

  // What a module's own manifest requires. With it the manifest of each module that provides a package is checked (an
  // error is one of the package) and, as Go does, whether it asks for more than the roots give. May be empty.
  std::function<Result<std::vector<module::ModuleVersion>>(const module::ModuleVersion&)> required_by;
  // Where a module's files are, for messages. May be empty.
  std::function<std::string(const module::ModuleVersion&)> directory_of;
  // The value of the flag -mod where the user gave it, for messages that then name it.
  std::string explicit_mode;
};

}  // namespace modtool::packages
