// `list`: the modules that were selected, with all that the manifest and the lock say of them.
#pragma once

#include <string>
#include <vector>

#include "core/engine/context.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/module_directories.hpp"
#include "core/engine/open_project.hpp"
#include "core/manifest/lock.hpp"
#include "core/module/module_version.hpp"

namespace modtool::engine {

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
// list behind the other. Directories are those at hand (module_directories.hpp).
Result<std::vector<ListedModule>> list_modules(const Context& context);

// The same of one project that is open; `dialect` is entered, empty where the project is alone.
std::vector<ListedModule> list_graph(OpenProject& opened, const resolve::ModuleGraph& graph,
                                     const ModuleDirectories& directories, const std::string& dialect);
// The lists of several projects as one.
Result<std::vector<ListedModule>> join_lists(std::vector<Outcome<std::vector<ListedModule>>> outcomes);

// All versions of each path, ascending, in the order asked; excluded and retracted ones are left out. Of several
// projects the first is asked that lists the path, else the one that the context is about.
Result<std::vector<std::vector<std::string>>> list_versions(const Context& context,
                                                            const std::vector<std::string>& paths);

}  // namespace modtool::engine
