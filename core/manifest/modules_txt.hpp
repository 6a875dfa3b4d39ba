// vendor/modules.txt, the index of a vendor directory, in Go's grammar:
//
//     ## workspace
//     # path version [=> path [version]]
//     ## explicit; go 1.20
//     package/path
//
// and at the end a `# path [version] => …` line for each replacement that no module above used.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/manifest.hpp"
#include "core/module/module_version.hpp"

namespace modtool::manifest {

struct VendoredModule {
  module::ModuleVersion module;
  module::ModuleVersion replacement;  // empty path where there is none; without a version it is a directory
  bool is_explicit = false;
  std::string go;                     // of the "## go" annotation; empty where there is none
  std::vector<std::string> packages;  // sorted
  int line = 0;                       // where it stands; not compared or written

  // What stands in for the module, as the index itself has it.
  StandIn stand_in() const { return replacement.path.empty() ? module : replacement; }
};

struct ModulesTxt {
  bool workspace = false;
  std::vector<VendoredModule> modules;  // in file order
  std::vector<VendoredModule> unused_replacements;
};

// All problems of the file at once (Code::kModulesTxtSyntax); `file` is for messages.
Result<ModulesTxt> parse_modules_txt(std::string_view text, const std::string& file);
std::string format_modules_txt(const ModulesTxt& index);

}  // namespace modtool::manifest
