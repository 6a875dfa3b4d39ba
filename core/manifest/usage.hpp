// Which files of its modules a project uses. Each dialect has its own answer (Go's by imports, in packages; the native
// one's by mode); vendoring needs no more of a dialect than this.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/modules.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

// What is used of one module.
struct ModuleUsage {
  module::ModuleVersion module;
  std::vector<std::string> packages;  // the lines of modules.txt, sorted: import paths in Go
  std::vector<std::string> files;     // names in the module's tree that belong into vendor/<module path>/, sorted
  // Directories of the tree ("" is its root) that get a counterpart in vendor/ even where no file goes there: in Go
  // those of the packages. Sorted.
  std::vector<std::string> directories = {};
};

struct Usage {
  std::vector<ModuleUsage> modules;  // those with at least one package, sorted by module_less
  std::vector<Error> errors;         // what `-e` lets pass: packages that could not be resolved
};

// What a build of a package reads, and vendoring leaves out: a header beside it, say.
struct LostInputs {
  std::string directory;           // of the package, in the module's tree
  std::vector<std::string> files;  // names in the tree, sorted
  std::vector<std::string>
      globs;  // of names in the tree, sorted: what takes them, and most likely those of later versions
};

// From a package that nothing has to import (one of the main module, or a tool of its manifest) to one of another
// module: their import paths. The tests of a package stand behind it as "path.test".
using ImportChain = std::vector<std::string>;

// How modules come to be imported.
struct Imports {
  std::map<std::string, ImportChain> chains = {};  // a shortest one to each module that is imported, by its path
  // The first package that could not be read, if any: its imports may lead to modules that have no chain here.
  std::optional<Error> gap = {};
};

class UsageAnalysis {
 public:
  virtual ~UsageAnalysis() = default;
  // A pure function of the main modules' sources and of what `modules` knows: run twice over equal input it gives equal
  // output, and it reads nothing else.
  virtual Result<Usage> analyse(Modules& modules) = 0;

  // The part of `analyse` that comes after "which packages": what vendoring just these packages takes from the tree of
  // their module (files and directories; licence files and embedded ones included), whether anything imports them or
  // not. A package that the tree does not hold is an error. It tells whether a vendor directory is at least what its
  // own index says, when the manifest already asks for something else.
  virtual Result<ModuleUsage> select(Modules& modules, const module::ModuleVersion& module,
                                     const std::vector<std::string>& packages, const module::ModuleTree& tree) = 0;

  // Of the files that vendoring takes from one module's tree, by their names, those that a build of it may read;
  // sorted.
  virtual Result<std::vector<std::string>> read_by_builds(const module::ModuleTree& tree,
                                                          const std::vector<std::string>& files) = 0;

  // Whether a file that vendoring leaves out may be vendored all the same, by its name: never one that would change
  // which packages there are, or what is compiled.
  virtual bool may_add(std::string_view name) const = 0;

  // Which files of a module builds read that are not among the vendored ones (names in its tree, sorted), as far as its
  // sources tell; a record for each of the packages, which are in these directories, that lacks any.
  virtual Result<std::vector<LostInputs>> find_lost_inputs(const module::ModuleTree& tree,
                                                           const std::vector<std::string>& packages,
                                                           const std::vector<std::string>& vendored) = 0;

  // Nothing where modules are not used by imports.
  virtual Result<std::optional<Imports>> find_imports(Modules& modules) = 0;
};

}  // namespace modtool::manifest
