// Whether a vendor directory is what a plan says, byte for byte.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/module/proven_tree.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/proof/vendor_directory.hpp"

namespace modtool::vendor_tool {

struct VendorComparison {
  const io::FileReader* files = nullptr;
  WorkerPool* pool = nullptr;
  VendorDirectory vendor = std::string("vendor");
  const VendorPlan* plan = nullptr;
  // For each of the plan's modules the tree with the hashes of its files, and the line that vouches for it. Null where
  // the plan has no file of it.
  std::vector<std::shared_ptr<const module::ProvenTree>> trees;
  std::vector<Where> anchors;
  // Whether executable files must be those that are executable in their trees.
  bool proves_modes = false;
  // Paths of modules whose files are not judged, because it is already said that nothing vouches for them.
  std::set<std::string> unjudged = {};
  // Destinations of planned files that may be absent (proof/absences); where they are there they must be genuine.
  std::set<std::string> may_be_absent = {};
};

// The differences, sorted: files modified (kVendorModified; where only line ends or the mode differ, that is said),
// missing (kVendorMissing) and extra (kVendorExtra; hidden ones and empty directories too), links and special files
// (kVendorLink), lines of modules.txt (kVendorIndex). Nothing is followed out of the directory, and the directory
// itself must not be a link. Planned directories without files need not be there: version control does not keep them.
// An error is a failure to read, or the cancellation.
Result<std::vector<Finding>> compare_vendor(const VendorComparison& comparison);

// A finding where the vendor directory itself is a link, no directory, or absent; nothing where it can be looked into.
Result<std::vector<Finding>> check_vendor_root(const io::FileReader& files, const VendorDirectory& vendor);

}  // namespace modtool::vendor_tool
