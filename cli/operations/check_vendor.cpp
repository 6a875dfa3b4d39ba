#include "cli/operations/check_vendor.hpp"

#include "cli/module_progress.hpp"
#include "cli/operations/module_preimage.hpp"
#include "cli/operations/open_project.hpp"
#include "cli/operations/vendor_planning.hpp"
#include "cli/operations/vendor_rules.hpp"
#include "core/source/directory_tree.hpp"
#include "vendor_tool/evidence.hpp"
#include "vendor_tool/sums_place.hpp"
#include "vendor_tool/vendor_check.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;
using vendor_tool::Evidence;

// One check. Its parts refer to each other, so it stays where it is.
class VendorProof {
 public:
  VendorProof(Session& session, OpenProject& opened, const CheckVendorOptions& options)
      : session_(session), opened_(opened), project_(opened.project()), options_(options) {}

  Result<vendor_tool::CheckReport> run() {
    MODTOOL_TRY(evidence_, make_evidence());
    resolve::SummaryReader summaries(
        {.dialect = *project_.dialect,
         .root = project_.manifest,
         .manifest = [this](const auto& module, const auto& actual) { return proven_manifest(module, actual); },
         .replacements = opened_.replacements(),
         .checksums = project_.lock.checksums});
    ModuleProgress progress(session_.console, "proving");
    vendor_tool::TreeRecorder recorder(
        [&progress, open = evidence_->opener(opened_.replacements())](const ModuleVersion& module) {
          progress.begin(module);
          return open(module);
        });
    const PlanningInputs inputs{.project = project_,
                                .replacements = opened_.replacements(),
                                .files = session_.files,
                                .pool = session_.pool,
                                .summaries = summaries,
                                .open = recorder.opener(),
                                .has_graph = false};
    ManifestLog log;
    auto planned = plan_project(inputs, log);
    ManifestLog unused;
    const auto analysis = usage_analysis(inputs, unused);
    vendor_tool::VendorCheck check{.files = &session_.files,
                                   .pool = &session_.pool,
                                   .vendor = project_.vendor_directory(),
                                   .evidence = evidence_.get(),
                                   .manifest = {project_.manifest.require, project_.manifest.replace},
                                   .analysis = analysis.get(),
                                   .go_line_of = go_line_rule(*project_.dialect, project_.manifest)};
    if (!planned) {
      check.plan = fail(std::move(planned).error());
      return vendor_tool::check_vendor(check);
    }
    check.plan = vendor_tool::PlanAccount{.plan = &planned->plan,
                                          .records = recorder.records(),
                                          .manifests = log.anchors(),
                                          .replacements = &opened_.replacements(),
                                          .manifest_name = std::string(project_.dialect->manifest_name())};
    return vendor_tool::check_vendor(check);
  }

 private:
  Result<std::string> proven_manifest(const ModuleVersion& module, const ModuleVersion& actual) {
    return actual.version.empty() ? evidence_->directory_manifest(module, actual.path) : evidence_->manifest(actual);
  }

  vendor_tool::EvidenceInput evidence_input() {
    return {.files = &session_.files,
            .vendor = project_.vendor_directory(),
            .checksums = &project_.lock.checksums,
            .rule = manifest_rule(*project_.dialect),
            .open_directory = [this](const std::string& path) -> Result<std::shared_ptr<const module::ModuleTree>> {
              return source::open_directory_tree(session_.files, opened_.directory_of({path, ""}),
                                                 source::DirectoryKind::kReplacement);
            },
            .allow_unproven = options_.allow_unproven};
  }

  // modtool.sums where it is there; only where it is not, the cache.
  Result<std::unique_ptr<Evidence>> make_evidence() {
    MODTOOL_TRY(const auto text, vendor_tool::load_sums(session_.files, project_.sums_path()));
    if (text) return vendor_tool::make_sums_evidence(evidence_input(), *text);
    const auto& cache = session_.settings.module_cache;
    if (cache.empty() || !session_.files.exists(cache)) {
      return fail(Error{.code = Code::kSumsMissing,
                        .message = "there is no modtool.sums beside the manifest, and no module cache to check against"}
                      .fix("modtool vendor --sums-only"));
    }
    return vendor_tool::make_module_evidence(
        evidence_input(),
        {.name = "module cache",
         .manifest = [this](const ModuleVersion& module) { return opened_.modules().manifest(module); },
         .tree = [this](const ModuleVersion& module) { return opened_.modules().tree(module); },
         .preimage = [this](const ModuleVersion& anchor,
                            const module::ModuleTree& tree) { return preimage_of(session_, project_, anchor, tree); }});
  }

  Session& session_;
  OpenProject& opened_;
  const project::Project& project_;
  const CheckVendorOptions& options_;
  std::unique_ptr<Evidence> evidence_;
};

}  // namespace

Result<vendor_tool::CheckReport> check_project_vendor(Session& session, const CheckVendorOptions& options) {
  MODTOOL_TRY(const auto opened, OpenProject::open(session, {.command = "vendor --check",
                                                             .manifest_file = options.manifest_file,
                                                             .offline = true,
                                                             .use_index = false,
                                                             .vendors = true}));
  return VendorProof(session, *opened, options).run();
}

}  // namespace modtool::cli
