#include "cli/operations/check_vendor.hpp"

#include <algorithm>
#include <iterator>

#include "cli/operations/locked_requirements.hpp"
#include "cli/operations/module_preimage.hpp"
#include "cli/operations/open_project.hpp"
#include "cli/operations/vendor_planning.hpp"
#include "cli/operations/vendor_rules.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/vendor_check.hpp"
#include "vendor_tool/run/recording_tree.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;
using vendor_tool::Evidence;

// One check. Its parts refer to each other, so it stays where it is.
class VendorProof {
 public:
  VendorProof(Session& session, OpenProject& opened, const std::vector<std::string>& allow_unproven)
      : session_(session), opened_(opened), project_(opened.project()), allow_unproven_(allow_unproven) {}

  Result<vendor_tool::CheckReport> run() {
    MODTOOL_TRY(const auto patches, ProjectPatches::load(session_.files, project_));
    MODTOOL_TRY(evidence_, make_evidence());
    resolve::SummaryReader summaries(
        {.dialect = *project_.dialect,
         .root = project_.manifest,
         .manifest = [this](const auto& module, const auto& actual) { return proven_manifest(module, actual); },
         .replacements = opened_.replacements(),
         .checksums = project_.lock.checksums,
         .known = [this](const auto& actual) { return opened_.locked_summary(actual); }});
    TellingOpener proving(session_.reporter, "proving", evidence_->opener(opened_.replacements()));
    vendor_tool::TreeRecorder recorder([&proving](const ModuleVersion& module) { return proving.open(module); });
    const PlanningInputs inputs{.project = project_,
                                .replacements = opened_.replacements(),
                                .files = session_.files,
                                .pool = session_.pool,
                                .summaries = summaries,
                                .open = patching(recorder.opener(), patches),
                                .has_graph = false};
    ManifestLog log;
    auto planned = plan_project(inputs, log);
    ManifestLog unused;
    const auto analysis = usage_analysis(inputs, unused);
    vendor_tool::VendorCheck check{.files = &session_.files,
                                   .pool = &session_.pool,
                                   .vendor = {project_.vendor_directory(), project_.vendor_name()},
                                   .evidence = evidence_.get(),
                                   .manifest = {indexed_requirements(inputs), project_.manifest.replace},
                                   .analysis = analysis.get(),
                                   .go_line_of = go_line_rule(*project_.dialect, project_.manifest),
                                   .proves_modes = project_.dialect->keeps_modes(),
                                   .patches = patches.by_anchor()};
    if (!planned) {
      check.plan = fail(std::move(planned).error());
      return vendor_tool::check_vendor(check);
    }
    check.plan = vendor_tool::PlanAccount{.plan = &planned->plan,
                                          .records = recorder.records(),
                                          .manifests = log.anchors(),
                                          .replacements = &opened_.replacements(),
                                          .manifest_name = std::string(project_.dialect->manifest_name()),
                                          .patches = check.patches};
    MODTOOL_TRY(auto report, vendor_tool::check_vendor(check));
    MODTOOL_TRY(auto untrue, check_locked_requirements(project_, planned->plan, *evidence_));
    std::ranges::move(untrue, std::back_inserter(report.findings));
    std::ranges::sort(report.findings, vendor_tool::finding_less);
    return report;
  }

 private:
  manifest::TreeOpener patching(manifest::TreeOpener open, const ProjectPatches& patches) const {
    return patch::patching_opener(
        std::move(open),
        [this](const ModuleVersion& module) { return vendor_tool::anchor_of(opened_.replacements(), module); },
        patches.by_anchor());
  }

  Result<std::string> proven_manifest(const ModuleVersion& module, const ModuleVersion& actual) {
    return actual.version.empty() ? evidence_->directory_manifest(module, actual.path) : evidence_->manifest(actual);
  }

  vendor_tool::EvidenceInput evidence_input() {
    return {
        .files = &session_.files,
        .vendor = {project_.vendor_directory(), project_.vendor_name()},
        .checksums = &project_.lock.checksums,
        .rule = module_rule(project_),
        .open_directory = [this](const std::string& path) { return open_replacement(session_.files, project_, path); },
        .allow_unproven = allow_unproven_,
        .sums_name = project_.sums_name()};
  }

  // modtool.sums where it is there; only where it is not, the cache.
  Result<std::unique_ptr<Evidence>> make_evidence() {
    MODTOOL_TRY(const auto text, vendor_tool::load_sums(session_.files, project_.sums_path(), project_.sums_name()));
    if (text) return vendor_tool::make_sums_evidence(evidence_input(), *text);
    MODTOOL_CHECK(check_cache());
    return vendor_tool::make_module_evidence(evidence_input(), modules_at_hand());
  }

  Result<void> check_cache() const {
    const auto& cache = session_.settings.module_cache;
    if (project_.dialect->locks_graph() || (!cache.empty() && session_.files.exists(cache))) return {};
    return fail(Error{.code = Code::kSumsMissing,
                      .message = "there is no modtool.sums beside the manifest, and no module cache to check against"}
                    .fix("modtool vendor --sums-only"));
  }

  // Where the lock holds the graph, manifests have no say in the plan.
  vendor_tool::ModuleEvidence modules_at_hand() {
    vendor_tool::ModuleEvidence modules{
        .name = project_.dialect->locks_graph() ? "the modules at hand" : "module cache",
        .tree = [this](const ModuleVersion& module) { return opened_.modules().tree(module); },
        .preimage = [this](const ModuleVersion& anchor,
                           const module::ModuleTree& tree) { return preimage_of(session_, project_, anchor, tree); }};
    if (!project_.dialect->locks_graph()) {
      modules.manifest = [this](const ModuleVersion& module) { return opened_.modules().manifest(module); };
    }
    return modules;
  }

  Session& session_;
  OpenProject& opened_;
  const project::Project& project_;
  const std::vector<std::string>& allow_unproven_;
  std::unique_ptr<Evidence> evidence_;
};

}  // namespace

Result<vendor_tool::CheckReport> check_project_vendor(Session& session, const CheckVendorOptions& options) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, {.command = "vendor --check",
                                                             .manifest_file = options.manifest_file,
                                                             .dialect = options.dialect,
                                                             .offline = true,
                                                             .use_index = false,
                                                             .vendors = true}));
  return check_open_vendor(session, *opened, options.allow_unproven);
}

Result<vendor_tool::CheckReport> check_open_vendor(Session& session, OpenProject& opened,
                                                   const std::vector<std::string>& allow_unproven) {
  MODTOOL_TRY(auto report, VendorProof(session, opened, allow_unproven).run());
  if (!opened.project().beside.empty()) report.vendor = opened.project().vendor_name();
  return report;
}

}  // namespace modtool::cli
