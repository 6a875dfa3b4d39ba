// `list`: the modules that were selected, with all that the manifest and the lock say of them.
#pragma once

#include <string>
#include <vector>

#include "cli/session.hpp"
#include "core/manifest/lock.hpp"
#include "core/module/module_version.hpp"

namespace modtool::cli {

struct ListedModule {
  module::ModuleVersion module;       // without a version: the main module
  module::ModuleVersion replacement;  // without a path: none; without a version: a directory
  bool indirect = false;
  std::string sum;  // "h1:…"; empty where the lock has none
  manifest::GitPin git;
  std::string archive;                             // URL
  std::vector<manifest::SubmodulePin> submodules;  // that are included
  std::string directory = {};                      // of its sources, absolute; empty where they are in none
  std::string dialect = {};                        // of the project, where several share the directory
};

// The build list: the main module, then all others sorted by path. Where several projects share the directory, one
// list behind the other. With `prove` the sources are proven as for a build, and each module has a directory.
Result<std::vector<ListedModule>> list_modules(Session& session, bool prove);

// All versions of each path, ascending, in the order asked; excluded and retracted ones are left out. Of several
// projects the first is asked that lists the path, else the one that the session is about.
Result<std::vector<std::vector<std::string>>> list_versions(Session& session, const std::vector<std::string>& paths);

}  // namespace modtool::cli
