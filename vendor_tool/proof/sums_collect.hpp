// What modtool.sums must hold for a plan, and making it. The same account is drawn up when the vendor directory is made
// and when it is proven; what the file has more or less than that is a finding.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/manifest.hpp"
#include "core/module/module_tree.hpp"
#include "core/module/module_version.hpp"
#include "core/patch/patch_set.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

// One tree that was asked for.
struct TreeRecord {
  module::ModuleVersion module;  // of the build list, before replacement
  std::shared_ptr<const module::ModuleTree> tree;
  std::vector<std::string> read;  // the names whose bytes were read, sorted
};

// What of one anchor (evidence.hpp) the planning needed.
struct SumsNeed {
  module::ModuleVersion anchor;
  bool manifest = false;
  bool files = false;
  std::vector<std::string> kept;  // names that were read and are not vendored as they are, sorted

  bool operator==(const SumsNeed&) const = default;
};

struct PlanAccount {
  const VendorPlan* plan = nullptr;
  std::vector<TreeRecord> records;            // of the analysis (TreeRecorder)
  std::set<module::ModuleVersion> manifests;  // the anchors whose manifests resolution and the index were made from
  const manifest::ReplacementTable* replacements = nullptr;
  std::string manifest_name = "go.mod";
  patch::PatchesOf patches = nullptr;  // the records are of the trees before patches
};

// One need for each anchor, sorted by it. Directories need only their manifest: they vouch for themselves.
std::vector<SumsNeed> needs_of(const PlanAccount& account);

struct SumsSources {
  std::function<Result<std::string>(const module::ModuleVersion& anchor)> manifest;
  // The h1 preimage of the tree of an anchor that is a module: module::hash_tree, or a cache of it by h1.
  std::function<Result<module::Preimage>(const module::ModuleVersion& anchor, const module::ModuleTree& tree)> preimage;
  bool keeps_modes = false;  // whether the names of executable files are recorded
};

// The content of modtool.sums for the needs of an account. Errors are those of the sources and trees.
Result<SumsFile> collect_sums(const PlanAccount& account, const SumsSources& sources);

// How a modtool.sums differs from the needs of a plan: missing, surplus and incomplete blocks, kept files too many or
// too few. Code::kSumsStale, on the lines of `sums`.
// `name` is the file's, for people.
std::vector<Finding> compare_needs(const std::vector<SumsNeed>& needs, const SumsFile& sums, const std::string& name);

}  // namespace modtool::vendor_tool
