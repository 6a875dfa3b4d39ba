// `vendor` on one project: everything is planned and proven first, and then put in place.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "cli/operations/open_project.hpp"
#include "cli/operations/vendor.hpp"
#include "cli/operations/vendor_planning.hpp"
#include "cli/operations/vendor_rules.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"
#include "vendor_tool/proof/finding.hpp"
#include "vendor_tool/run/recording_tree.hpp"
#include "vendor_tool/sums/sums_file.hpp"

namespace modtool::cli {

// Its parts refer to each other, so it stays where it is; session and options outlive it.
class VendorRun {
 public:
  // All that can fail without a write: the plan, the proof of every module, and whether the place may be written to.
  static Result<std::unique_ptr<VendorRun>> prepare(Session& session, const VendorOptions& options,
                                                    const std::string& dialect);

  // Puts in place what was prepared, in one step; of a run for the proof alone only that.
  Result<VendorReport> write();

  const project::Project& project() const { return opened_->project(); }

 private:
  VendorRun(Session& session, const VendorOptions& options, std::unique_ptr<OpenProject> opened,
            ProjectPatches patches);

  Result<void> plan();
  Result<std::string> prove_and_format_sums();
  Result<void> check_place() const;
  Result<void> check_output() const;
  vendor_tool::VendorPlace place() const;
  vendor_tool::ApplyOptions apply_options();
  Result<bool> is_current();
  manifest::TreeOpener patching(manifest::TreeOpener open) const;
  std::string replaced_path(const module::ModuleVersion& anchor) const;
  Error as_error(const vendor_tool::Finding& finding, const std::string& module) const;

  Session& session_;
  const VendorOptions& options_;
  std::unique_ptr<OpenProject> opened_;
  ProjectPatches loaded_patches_;
  patch::PatchesOf patches_;
  TellingOpener reading_;
  vendor_tool::TreeRecorder recorder_;
  PlanningInputs inputs_;
  ManifestLog log_;
  VendorReport report_;
  vendor_tool::VendorTrees trees_;
  vendor_tool::SumsFile content_;    // of modtool.sums, until it is compared with what is there
  std::optional<std::string> sums_;  // the text of modtool.sums, where one is written
};

}  // namespace modtool::cli
