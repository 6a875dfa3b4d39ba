// `vendor --check`: whether every byte of a vendor directory is proven and asked for. Reads only.
//
// A check is made in three steps, so that the caller can run the dialect's analysis in between:
//
//     1. make_sums_evidence (or, only where there is no modtool.sums, make_module_evidence)
//     2. the caller plans again over the evidence (run/proven_modules), recording what is read; that may fail, and the
//        failure is handed on
//     3. check_vendor judges
//
// The plan made from proven trees is the truth. Where it differs from the directory, the question is whether somebody
// changed the directory (exit status 4) or the manifest (exit status 1). The answer is index_proof: a directory that is
// exactly what its own modules.txt says, all of it vouched for, is only stale. Two doubts are still resolved against
// it: where modtool.sums was made for exactly the modules that the manifest asks for now, no line about a module may
// differ; and where it lacks a block, the manifest must evidently differ from modules.txt.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/base/worker_pool.hpp"
#include "core/io/file_system.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/usage.hpp"
#include "vendor_tool/plan/vendor_plan.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/proof/index_proof.hpp"
#include "vendor_tool/proof/staleness.hpp"
#include "vendor_tool/proof/sums_collect.hpp"
#include "vendor_tool/proof/vendor_directory.hpp"

namespace modtool::vendor_tool {

struct VendorCheck {
  const io::FileReader* files = nullptr;
  WorkerPool* pool = nullptr;
  VendorDirectory vendor = std::string("vendor");
  Evidence* evidence = nullptr;
  ManifestFacts manifest;
  manifest::UsageAnalysis* analysis = nullptr;  // for UsageAnalysis::select
  manifest::Modules* modules = nullptr;         // what that asks, nothing of it recorded
  GoLineOf go_line_of;
  bool proves_modes = false;                      // VendorComparison::proves_modes
  const patch::ModulePatches* patches = nullptr;  // none: nothing is patched
  // Destinations of planned files that are not there, and that a rule keeps out of Git. Where that is `excused`, those
  // that no build reads are named in the report; else they are one finding (kVendorStale).
  std::set<std::string> ignored = {};
  bool excused = false;
  // The second step: an account with the new plan, or the failure that kept it from being made.
  Result<PlanAccount> plan = PlanAccount{};
};

struct PlanComparison {
  std::vector<Finding> findings;
  std::set<std::string> recorded;  // destinations that modtool.sums has as left out, there or not
  std::set<std::string> ignored;   // VendorCheck::ignored, less those, and what a build may read
};

// How the vendor directory differs from a plan of which the evidence vouches for every file: the findings of
// vendor_compare.hpp and absences.hpp alone, whatever the reason.
Result<PlanComparison> compare_with_plan(const VendorCheck& check, const VendorPlan& plan);

// The report; equal input gives an equal one. Errors are failures to read, the cancellation, and a failure of the
// second step that has its cause in the project and not in what is being checked.
Result<CheckReport> check_vendor(const VendorCheck& check);

}  // namespace modtool::vendor_tool
