// What modtool.sums must hold for a plan, and making it. The same account is drawn up when the vendor directory is made
// and when it is proven; what the file has more or less than that is a finding.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/modules.hpp"
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

// What of one stand-in (manifest::StandIn) the planning needed.
struct SumsNeed {
  module::ModuleVersion stand_in;
  bool manifest = false;
  bool files = false;
  std::vector<std::string> kept;  // names that were read and are not vendored as they are, sorted

  bool operator==(const SumsNeed&) const = default;
};

// What a planning read (run/recording_modules.hpp).
struct Recorded {
  // Stand-ins whose manifests resolution and the index were made from → a module of the graph that they stand in for.
  std::map<module::ModuleVersion, module::ModuleVersion> manifests;
  std::vector<TreeRecord> trees;  // sorted by module; before patches
};

struct PlanAccount {
  const VendorPlan* plan = nullptr;
  Recorded recorded;
  const manifest::ReplacementTable* replacements = nullptr;
  std::string manifest_name = "go.mod";
  const patch::ModulePatches* patches = nullptr;  // none: nothing is patched
};

// One need for each stand-in, sorted by it. Directories need only their manifest: they vouch for themselves.
std::vector<SumsNeed> needs_of(const PlanAccount& account);

struct SumsSources {
  manifest::Modules& modules;  // gives the manifests
  // The h1 preimage of the tree of a stand-in that is a module: module::hash_tree, or a cache of it by h1.
  std::function<Result<module::Preimage>(const module::ModuleVersion& stand_in, const module::ModuleTree& tree)>
      preimage;
  bool keeps_modes = false;  // whether the names of executable files are recorded
};

// The content of modtool.sums for the needs of an account. Errors are those of the sources and trees.
Result<SumsFile> collect_sums(const PlanAccount& account, const SumsSources& sources);

// How a modtool.sums differs from the needs of a plan: missing, surplus and incomplete blocks, kept files too many or
// too few. Code::kSumsStale, on the lines of `sums`.
// `name` is the file's, for people.
std::vector<Finding> compare_needs(const std::vector<SumsNeed>& needs, const SumsFile& sums, const std::string& name);

}  // namespace modtool::vendor_tool
