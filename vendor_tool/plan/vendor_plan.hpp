// The vendor plan: what a vendor directory is to hold, file by file. A pure function of the request, so that the same
// request gives the same plan when the directory is made and when it is proven.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/modules.hpp"
#include "core/manifest/modules_txt.hpp"
#include "core/module/module_tree.hpp"
#include "vendor_tool/plan/vendor_request.hpp"

namespace modtool::vendor_tool {

// The index of a vendor directory, at its root.
inline constexpr std::string_view kModulesTxt = "modules.txt";
// In vendor/ between its exchange and the arrival of its modtool.sums (apply/vendor_apply.hpp).
inline constexpr std::string_view kStagedMarker = ".modtool-staged";

struct PlannedFile {
  std::string destination;   // relative to vendor/, slash-separated
  std::uint32_t module = 0;  // position in VendorPlan::modules; this module alone vouches for the file
  std::string name;          // in that module's tree
  bool is_added = false;     // RequestedModule::added

  bool operator==(const PlannedFile&) const = default;
};

struct VendorPlan {
  std::vector<manifest::VendoredModule> modules;  // those of the request, in its order
  std::string modules_txt;                        // the whole text
  std::vector<PlannedFile> files;                 // sorted bytewise by destination, each destination once
  std::vector<std::string> directories;           // all of them, relative to vendor/, sorted: parents come first
  std::vector<Error> errors;                      // of packages that were let pass; with `-e` only

  // Nothing is to be vendored: there is to be no vendor directory.
  bool empty() const { return modules_txt.empty(); }
};

// The plan of a request. Where two modules give one destination (a package that moved from a module into one nested
// below it leaves such licence files), the later module of modules.txt wins, as the go command's copying has it.
//
// All problems at once: Code::kBadImportPath and kBadFileName for names that may not be written (not even below a
// replaced module path), kFileExists where one destination would be a file and a directory, kImportCollision for
// vendored module paths that differ in case only, kUsage for a replacement inside the vendor directory.
Result<VendorPlan> plan_vendor(const VendorRequest& request);

// A tree for each of VendorPlan::modules, in their order; null for modules without files.
using VendorTrees = std::vector<std::shared_ptr<const module::ModuleTree>>;

// The trees that the plan's files are read from. An error is the view's, with the module's name.
Result<VendorTrees> open_planned_trees(const VendorPlan& plan, manifest::Modules& modules);

// The planned file of a destination, or nullptr.
const PlannedFile* find_planned(const VendorPlan& plan, std::string_view destination);

// Whether a directory, relative to vendor/, is one that the plan makes.
bool is_planned_directory(const VendorPlan& plan, std::string_view directory);

// The destination of a file of a module: "path/name".
std::string destination_of(std::string_view module_path, std::string_view name);

}  // namespace modtool::vendor_tool
