#include "vendor_tool/run/check_vendor.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "core/engine/preimage.hpp"
#include "core/engine/told_modules.hpp"
#include "core/git/git_keeping.hpp"
#include "core/project/local_inputs.hpp"
#include "core/project/replacement.hpp"
#include "vendor_tool/apply/vendor_apply.hpp"
#include "vendor_tool/proof/evidence.hpp"
#include "vendor_tool/proof/vendor_check.hpp"
#include "vendor_tool/run/left_out.hpp"
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
    return make_module_evidence(input(), modules_at_hand());
  }

  // Every module that is asked for, or what modtool.sums lacks of it, from where modules come from.
  Result<std::unique_ptr<Evidence>> make_fetching() const {
    MODTOOL_TRY(const auto text, load_sums(context_.files, project_.sums_path(), project_.sums_name()));
    std::optional<SumsFile> known;
    if (text) {
      MODTOOL_TRY(known, parse_sums(*text, project_.sums_name()));
    }
    ModuleEvidence modules = modules_at_hand();
    modules.fetches = true;
    return make_module_evidence(input(), std::move(modules), std::move(known));
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
                        const patch::ModulePatches& patches, const resolve::LockIndex* lock,
                        std::vector<std::string> with) {
  engine::ToldModules told(proven, context.reporter, "proving");
  RecordingModules recording(told, project, lock, context.pool);
  PatchedModules view(recording, patches);
  auto planned = plan(project, view, {.files = context.files, .pool = context.pool, .with = std::move(with)});
  auto recorded = recording.recorded();
  return {std::move(planned), std::move(recorded), indexed_requirements(project, recording, context.pool)};
}

// A block of a version that is selected must be good, needed or not; those of others were good once.
Result<void> judge_selected(ProvenModules& proven, Evidence& evidence) {
  const auto selected = proven.build_list();
  if (!selected) return {};  // why there is none is said by the plan
  for (const auto& module : *selected) evidence.judge_block(proven.stand_in(module));
  return {};
}

// What is wrong with the lock itself, which the proven trees tell.
Result<void> add_lock_findings(const project::Project& project, const VendorPlan& plan, Evidence& evidence,
                               CheckReport& report) {
  MODTOOL_TRY(auto untrue, check_locked_requirements(project, plan, evidence));
  std::ranges::move(untrue, std::back_inserter(report.findings));
  std::ranges::sort(report.findings, finding_less);
  return {};
}

// Has what vendor/ holds asked for at once, so that sources are asked in parallel. What goes wrong is found again where
// it is judged.
Result<void> fetch_what_is_listed(const engine::Context& context, const project::Project& project, Evidence& evidence) {
  const auto text = context.files.read_beneath(project.vendor_directory(), std::string(kModulesTxt)).or_nothing();
  const auto index = text ? manifest::parse_modules_txt(*text, std::string(kModulesTxt)) : manifest::ModulesTxt{};
  if (!index) return {};
  const Task task = context.reporter.begin({.verb = "proving", .total = index->modules.size()});
  return context.pool.for_each(index->modules.size(), [&](std::size_t i) -> Result<void> {
    const auto& entry = index->modules[i];
    if (entry.stand_in().is_directory()) return {};
    const Task step = task.step(to_string(entry.stand_in()));
    if (!entry.packages.empty()) static_cast<void>(evidence.tree(entry.module, entry.stand_in()));
    if (!entry.go.empty()) static_cast<void>(evidence.manifest(entry.stand_in()));
    return context.cancellation.check();
  });
}

// The planned files that are not in vendor/ and that a rule keeps out of Git.
Result<std::set<std::string>> absent_by_rule(const engine::Context& context, const project::Project& project,
                                             const VendorPlan& plan, bool needs_repository) {
  std::vector<std::string> absent;
  for (const auto& file : plan.files) {
    const std::string path = io::join_path(project.vendor_directory(), file.destination);
    MODTOOL_TRY(const auto there, context.files.lstat(path).if_such());
    if (!there) absent.push_back(file.destination);
  }
  std::set<std::string> destinations;
  if (absent.empty() && !needs_repository) return destinations;
  const auto read_rules = [&](const std::string& name) {
    return context.files.read_beneath(project.vendor_directory(), name).if_such();
  };
  const auto ignored = git::find_ignored(
      context.files, {.directory = project.vendor_directory(), .names = std::move(absent), .rules_below = read_rules});
  if (!ignored && ignored.error().code == Code::kNoRepository && !needs_repository) return destinations;
  if (!ignored && ignored.error().code == Code::kNoRepository) return fail(needs_git(ignored.error()));
  if (!ignored) return fail(ignored.error());
  for (const auto& file : *ignored) destinations.insert(file.name);
  return destinations;
}

Result<CheckReport> check(const engine::Context& context, engine::OpenProject& opened, const CheckRequest& request) {
  const project::Project& project = opened.project();
  MODTOOL_TRY(const auto patches, project::load_patches(context.files, project));
  const EvidenceMaker maker(context, opened, request.allow_unproven);
  MODTOOL_TRY(const auto evidence, request.fetch ? maker.make_fetching() : maker.make());
  if (request.fetch) MODTOOL_CHECK(fetch_what_is_listed(context, project, *evidence));
  ProvenModules proven(project, opened.replacements(), *evidence, opened.graph_lock(), context.pool);
  const auto* records = evidence->records();
  auto planned = plan_again(context, project, proven, patches, opened.graph_lock(),
                            records == nullptr ? std::vector<std::string>() : records->with);
  if (request.fetch) MODTOOL_CHECK(judge_selected(proven, *evidence));
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
  if (planned.plan && request.fetch) {
    MODTOOL_TRY(check.ignored, absent_by_rule(context, project, *planned.plan, request.as_git_keeps));
    check.excused = request.as_git_keeps;
  }
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
  return check_open_vendor(context, *opened, {.allow_unproven = options.allow_unproven});
}

Result<CheckReport> check_open_vendor(const engine::Context& context, engine::OpenProject& opened,
                                      const CheckRequest& request) {
  const bool is_half_done = has_half_done_vendor(context.files, opened.project());
  MODTOOL_TRY(auto report,
              is_half_done ? Result<CheckReport>(report_half_done(opened.project())) : check(context, opened, request));
  if (!opened.project().beside.empty()) report.vendor = opened.project().vendor_name();
  return report;
}

}  // namespace modtool::vendor_tool
