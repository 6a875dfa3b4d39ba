#include "vendor_tool/run/check_vendor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <utility>

#include "core/engine/preimage.hpp"
#include "core/engine/told_modules.hpp"
#include "core/project/local_inputs.hpp"
#include "core/project/replacement.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/vendor_check.hpp"
#include "vendor_tool/run/locked_requirements.hpp"
#include "vendor_tool/run/patched_modules.hpp"
#include "vendor_tool/run/planning.hpp"
#include "vendor_tool/run/proven_modules.hpp"
#include "vendor_tool/run/recording_modules.hpp"
#include "vendor_tool/run/rules.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;

// What vouches for the modules of a project that is open.
class EvidenceMaker {
 public:
  EvidenceMaker(const engine::Context& context, engine::OpenProject& opened,
                const std::vector<std::string>& allow_unproven)
      : context_(context), opened_(opened), project_(opened.project()), allow_unproven_(allow_unproven) {}

  // modtool.sums where it is there; only where it is not, the modules at hand.
  Result<std::unique_ptr<Evidence>> make() const {
    MODTOOL_TRY(const auto text, load_sums(context_.files, project_.sums_path(), project_.sums_name()));
    if (text) return make_sums_evidence(input(), *text);
    MODTOOL_CHECK(check_cache());
    return make_module_evidence(input(), modules_at_hand());
  }

 private:
  EvidenceInput input() const {
    return {.files = &context_.files,
            .vendor = {project_.vendor_directory(), project_.vendor_name()},
            .checksums = &project_.lock.checksums,
            .rule = module_rule(project_),
            .open_directory =
                [this](const std::string& path) { return project::open_replacement(context_.files, project_, path); },
            .allow_unproven = allow_unproven_,
            .sums_name = project_.sums_name()};
  }

  Result<void> check_cache() const {
    if (!project_.can.has_module_cache || project_.manifest.require.empty()) return {};
    const auto& cache = context_.settings.module_cache;
    MODTOOL_TRY(const auto there, context_.files.stat(cache).if_there());
    if (there) return {};
    return fail(Error{.code = Code::kSumsMissing,
                      .message = "there is no modtool.sums beside the manifest, and no module cache to check against"}
                    .with(Fix::modtool("vendor", {"--sums-only"})));
  }

  // Where the project is resolved from the lock, manifests have no say in the plan.
  ModuleEvidence modules_at_hand() const {
    ModuleEvidence modules{.name = project_.can.modules_at_hand,
                           .tree = [this](const ModuleVersion& module) { return opened_.source().tree(module); },
                           .preimage =
                               [this](const ModuleVersion& stand_in, const module::ModuleTree& tree) {
                                 return engine::preimage_of(context_, project_, stand_in, tree);
                               }};
    if (opened_.graph_lock() == nullptr) {
      modules.manifest = [this](const ModuleVersion& module) { return opened_.source().manifest(module); };
    }
    return modules;
  }

  const engine::Context& context_;
  engine::OpenProject& opened_;
  const project::Project& project_;
  const std::vector<std::string>& allow_unproven_;
};

// The plan run again over proven modules, what it read, and what modules.txt is to call explicit.
struct PlannedAgain {
  Result<VendorPlan> plan;
  Recorded recorded;
  Result<std::vector<manifest::Requirement>> required;
};

PlannedAgain plan_again(const engine::Context& context, const project::Project& project, ProvenModules& proven,
                        const patch::ModulePatches& patches, const resolve::LockIndex* lock) {
  engine::ToldModules told(proven, context.reporter, "proving");
  RecordingModules recording(told, project, lock, context.pool);
  PatchedModules view(recording, patches);
  auto planned = plan(project, view, {.files = context.files, .pool = context.pool});
  auto recorded = recording.recorded();
  return {std::move(planned), std::move(recorded), indexed_requirements(project, recording, context.pool)};
}

// What is wrong with the lock itself, which the proven trees tell.
Result<void> add_lock_findings(const project::Project& project, const VendorPlan& plan, Evidence& evidence,
                               CheckReport& report) {
  MODTOOL_TRY(auto untrue, check_locked_requirements(project, plan, evidence));
  std::ranges::move(untrue, std::back_inserter(report.findings));
  std::ranges::sort(report.findings, finding_less);
  return {};
}

Result<CheckReport> check(const engine::Context& context, engine::OpenProject& opened,
                          const std::vector<std::string>& allow_unproven) {
  const project::Project& project = opened.project();
  MODTOOL_TRY(const auto patches, project::load_patches(context.files, project));
  const EvidenceMaker maker(context, opened, allow_unproven);
  MODTOOL_TRY(const auto evidence, maker.make());
  ProvenModules proven(project, opened.replacements(), *evidence, opened.graph_lock(), context.pool);
  auto planned = plan_again(context, project, proven, patches, opened.graph_lock());
  MODTOOL_TRY(auto required, std::move(planned.required));
  const auto analysis = make_analysis(project, {.files = context.files, .pool = context.pool});
  VendorCheck check{.files = &context.files,
                    .pool = &context.pool,
                    .vendor = {project.vendor_directory(), project.vendor_name()},
                    .evidence = evidence.get(),
                    .manifest = {std::move(required), project.manifest.replace},
                    .analysis = analysis.get(),
                    .modules = &proven,
                    .go_line_of = go_line_rule(*project.dialect, project.manifest),
                    .proves_modes = project.dialect->keeps_modes(),
                    .patches = &patches};
  if (!planned.plan) {
    check.plan = fail(std::move(planned.plan).error());
    return check_vendor(check);
  }
  check.plan = PlanAccount{.plan = &*planned.plan,
                           .recorded = std::move(planned.recorded),
                           .replacements = &opened.replacements(),
                           .manifest_name = std::string(project.dialect->manifest_name()),
                           .patches = &patches};
  MODTOOL_TRY(auto report, check_vendor(check));
  MODTOOL_CHECK(add_lock_findings(project, *planned.plan, *evidence, report));
  return report;
}

// What such a directory and modtool.sums have to do with one another is known once the run is completed.
CheckReport report_half_done(const project::Project& project) {
  return {.findings = {{.code = Code::kUnproven,
                        .path = project.vendor_name(),
                        .message = fmt::format("a `modtool vendor` was ended before it had changed both this and {}",
                                               project.sums_name()),
                        .fix = Fix::modtool("vendor")}}};
}

}  // namespace

bool has_half_done_vendor(const io::FileReader& files, const project::Project& project) {
  return is_half_done(files, {.target = project.vendor_directory(), .sums = project.sums_path()});
}

Result<CheckReport> check_project_vendor(const engine::Context& context, const CheckVendorOptions& options) {
  MODTOOL_TRY(const auto opened, engine::OpenProject::open(context, {.command = "vendor",
                                                                     .flags = {"--check"},
                                                                     .manifest_file = options.manifest_file,
                                                                     .choice = options.choice,
                                                                     .offline = true,
                                                                     .use_index = false,
                                                                     .vendors = true}));
  return check_open_vendor(context, *opened, options.allow_unproven);
}

Result<CheckReport> check_open_vendor(const engine::Context& context, engine::OpenProject& opened,
                                      const std::vector<std::string>& allow_unproven) {
  const bool is_half_done = has_half_done_vendor(context.files, opened.project());
  MODTOOL_TRY(auto report, is_half_done ? Result<CheckReport>(report_half_done(opened.project()))
                                        : check(context, opened, allow_unproven));
  if (!opened.project().beside.empty()) report.vendor = opened.project().vendor_name();
  return report;
}

}  // namespace modtool::vendor_tool
