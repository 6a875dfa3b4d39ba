// Vendoring one project: everything is planned and proven first, and then put in place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/engine/open_project.hpp"
#include "core/engine/told_modules.hpp"
#include "core/git/git_keeping.hpp"
#include "core/patch/patch_set.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/run/patched_modules.hpp"
#include "vendor_tool/run/recording_modules.hpp"
#include "vendor_tool/run/with_files.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::vendor_tool {

struct VendorOptions {
  std::string output;                     // -o: another directory; empty: vendor/ beside the manifest
  std::string manifest_file;              // -modfile
  bool allow_errors = false;              // -e
  bool sums_only = false;                 // --sums-only: the proof alone, for the vendor directory that is there
  bool as_git_keeps = false;              // --as-git-keeps: what rules keep out of Git is recorded as left out
  bool all_files = false;                 // --all-files: nothing is, whatever modtool.sums had
  std::vector<std::string> with = {};     // --with: globs of files that are vendored, too
  std::vector<std::string> without = {};  // --without: globs of before that are so no more
  bool go_face = false;                   // Go's checks of go.sum, any vendor/ replaced, no modtool.sums
  bool writable_cache = false;
};

struct VendorReport {
  std::string dialect;                         // of the project; empty where it is the only one
  std::string vendor;                          // the vendor directory, from the root
  VendorPlan plan;                             // its errors are those that -e let pass
  std::string sums_name;                       // of the proof that was written; empty where none was
  std::vector<git::IgnoredFile> ignored = {};  // files that are recorded as left out by this run, with the rule
  std::set<std::string> left_out = {};         // all that are recorded so
  std::vector<TakenGlob> with = {};            // by which files are vendored beyond the dialect's choice
  std::vector<LostFiles> lost = {};            // what a build reads and the plan does not have
  bool changed = true;  // something was written; with a proof to write, what is right already is not touched
};

// Its parts refer to each other, so it stays where it is; context and options outlive it.
class VendorRun {
 public:
  // All that can fail without a write: the plan, the proof of every module, and whether the place may be written to.
  static Result<std::unique_ptr<VendorRun>> prepare(const engine::Context& context, const VendorOptions& options,
                                                    const engine::ProjectChoice& choice);

  // Puts in place what was prepared, in one step; of a run for the proof alone only that.
  Result<VendorReport> write();

 private:
  VendorRun(const engine::Context& context, const VendorOptions& options, std::unique_ptr<engine::OpenProject> opened,
            patch::ModulePatches patches);

  const project::Project& project() const { return opened_->project(); }
  Result<void> choose_files();
  Result<void> make_plan();
  Result<void> look_for_lost_files();
  Result<bool> save_learned();
  Result<void> prove();
  Result<SumsFile> collect() const;
  Result<void> leave_out_files();
  Result<void> open_trees();
  Result<void> check_place() const;
  Result<void> check_output() const;
  VendorPlace place() const;
  ApplyOptions apply_options();
  Result<bool> is_current();
  Error as_error(const Finding& finding, const std::string& module) const;

  const engine::Context& context_;
  const VendorOptions& options_;
  std::unique_ptr<engine::OpenProject> opened_;
  patch::ModulePatches patches_;
  // The view that the plan is made over: sources, told as they are read, recorded, then patched.
  engine::ToldModules told_;
  RecordingModules recording_;
  PatchedModules view_;
  VendorReport report_;
  VendorTrees trees_;
  std::optional<SumsFile> before_;   // modtool.sums as it was, where it has choices of the project's
  std::vector<std::string> with_;    // the globs of this run
  SumsFile content_;                 // of modtool.sums, until it is compared with what is there
  std::optional<std::string> sums_;  // the text of modtool.sums, where one is written
};

}  // namespace modtool::vendor_tool
