// What a vendor directory is planned from. vendor_tool/run fills it from a resolved project; the plan knows no project,
// no network and no dialect.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/manifest/modules_txt.hpp"
#include "core/manifest/usage.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"

namespace modtool::vendor_tool {

// One module of the build list that is in modules.txt, and its vendored files.
struct RequestedModule {
  manifest::VendoredModule index;  // its lines in modules.txt, packages included
  std::vector<std::string> files;  // names in the module's tree that go to vendor/<module path>/, sorted
  // Directories of the tree ("" is its root) that get a counterpart in vendor/ even where no file goes there. The
  // go command makes one for every package that it vendors.
  std::vector<std::string> directories = {};
  std::vector<std::string> added =
      {};  // names that go there because the project asks for them (added_files.hpp), sorted
};

struct VendorRequest {
  std::string directory = "vendor";  // the vendor directory, from the project's root
  bool workspace = false;
  std::vector<RequestedModule> modules;  // in the order of modules.txt
  std::vector<manifest::VendoredModule> unused_replacements;
};

}  // namespace modtool::vendor_tool
