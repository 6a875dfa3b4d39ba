// Files of a plan that need not be in vendor/: modtool.sums has them as left out, or a rule keeps them out of Git.
//
// What a build may read is never among them, whatever a record says: that is worked out again from proven bytes. Nor is
// what the project has asked for (plan/added_files.hpp).
#pragma once

#include <memory>
#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/manifest/usage.hpp"
#include "core/module/module_tree.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

struct AbsenceQuestion {
  const VendorPlan& plan;
  // For each of the plan's modules its tree; null where nothing of it is judged.
  const std::vector<std::shared_ptr<const module::ModuleTree>>& trees;
  manifest::UsageAnalysis& analysis;
  const SumsFile* records = nullptr;  // none: nothing is recorded
  // A record of another version of a module counts too, where the plan has the file: who raises a version need not know
  // of records. Otherwise each record must be of a file of the plan.
  bool carries_over = false;
  std::set<std::string> ignored = {};  // destinations of files that a rule keeps out of Git
  std::string sums_name = std::string(kSumsName);
};

struct Absences {
  std::set<std::string> recorded;  // destinations
  std::set<std::string> ignored;   // those of the question that no record has and no build reads
  std::set<std::string> needed;    // those of the question that a build may read
  std::vector<Finding> findings;   // records of what may not be left out: Code::kSumsStale
};

Result<Absences> find_absences(const AbsenceQuestion& question);

}  // namespace modtool::vendor_tool
