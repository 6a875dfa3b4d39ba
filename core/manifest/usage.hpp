// Which files of its modules a project uses. Each dialect has its own answer (Go's by imports, in packages; the native
// one's by mode); vendoring needs no more of a dialect than this.
#pragma once

#include <memory>
#include <string>
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
};

}  // namespace modtool::manifest
