#include "vendor_tool/run/vendor_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/base/text.hpp"
#include "core/engine/learned_checksums.hpp"
#include "core/engine/preimage.hpp"
#include "core/project/local_inputs.hpp"
#include "core/project/replacement.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/proof/sums_collect.hpp"
#include "vendor_tool/proof/vendor_check.hpp"
#include "vendor_tool/run/left_out.hpp"
#include "vendor_tool/run/planning.hpp"
#include "vendor_tool/run/rules.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::vendor_tool {
namespace {

using module::ModuleVersion;

std::string target_of(const engine::Context& context, const project::Project& project, const std::string& output) {
  if (output.empty()) return project.vendor_directory();
  return io::is_absolute(output) ? io::clean_path(output) : io::join_path(context.settings.directory, output);
}

// Whether modtool.sums is written.
bool writes_proof(const VendorOptions& options) {
  return options.sums_only || (!options.go_face && !options.allow_errors && options.output.empty());
}

// Our own face hashes what it vendors. Where the proof is written, all trees are hashed for that before anything is put
// in place, so they need not be hashed on opening as well.
engine::ChecksumRule checksum_rule(const VendorOptions& options) {
  return options.go_face || writes_proof(options) ? engine::ChecksumRule::kReadonly : engine::ChecksumRule::kOwnFace;
}

Result<std::unique_ptr<engine::OpenProject>> open_for(const engine::Context& context, const VendorOptions& options,
                                                      const engine::ProjectChoice& choice) {
  return engine::OpenProject::open(context, {.command = options.go_face ? "mod vendor" : "vendor",
                                             .manifest_file = options.manifest_file,
                                             .choice = choice,
                                             .checksums = checksum_rule(options),
                                             .writable_cache = options.writable_cache,
                                             .go_face = options.go_face,
                                             .vendors = true,
                                             .learns = !options.go_face && !context.settings.locked});
}

}  // namespace

VendorRun::VendorRun(const engine::Context& context, const VendorOptions& options,
                     std::unique_ptr<engine::OpenProject> opened, patch::ModulePatches patches)
    : context_(context),
      options_(options),
      opened_(std::move(opened)),
      patches_(std::move(patches)),
      told_(opened_->modules(), context.reporter, "reading"),
      recording_(told_, opened_->project(), opened_->graph_lock(), context.pool),
      view_(recording_, patches_) {}

Result<std::unique_ptr<VendorRun>> VendorRun::prepare(const engine::Context& context, const VendorOptions& options,
                                                      const engine::ProjectChoice& choice) {
  MODTOOL_TRY(auto opened, open_for(context, options, choice));
  MODTOOL_TRY(auto patches, project::load_patches(context.files, opened->project()));
  std::unique_ptr<VendorRun> run(new VendorRun(context, options, std::move(opened), std::move(patches)));
  MODTOOL_CHECK(run->check_place());
  MODTOOL_CHECK(run->choose_files());
  MODTOOL_CHECK(run->make_plan());
  MODTOOL_TRY(const bool has_learned, run->save_learned());
  if (has_learned) return prepare(context, options, choice);  // a proof goes by lines that stand in the file
  if (writes_proof(options)) MODTOOL_CHECK(run->prove());
  if (writes_proof(options)) MODTOOL_CHECK(run->look_for_lost_files());
  if (options.sums_only) return run;
  MODTOOL_CHECK(run->open_trees());
  MODTOOL_CHECK(check_replaceable(context.files, run->apply_options()));
  return run;
}

Result<VendorReport> VendorRun::write() {
  MODTOOL_CHECK(options_.sums_only
                    ? write_sums(context_.files, context_.cancellation, place(), *sums_)
                    : apply_vendor(context_.files, context_.pool, report_.plan, trees_, apply_options()));
  return std::move(report_);
}

// What goes beyond the plan of the go command is no matter of its face.
Result<void> VendorRun::choose_files() {
  if (options_.go_face) return {};
  MODTOOL_TRY(before_, choices_of_before(context_, project()));
  MODTOOL_TRY(with_, choose_globs(project(), before_ ? before_->with : std::vector<std::string>(),
                                  {.with = options_.with, .without = options_.without}));
  return {};
}

Result<void> VendorRun::make_plan() {
  MODTOOL_TRY(
      report_.plan,
      plan(project(), view_,
           {.files = context_.files, .pool = context_.pool, .allow_errors = options_.allow_errors, .with = with_}));
  opened_->save_index();
  report_.vendor = project().vendor_name();
  return {};
}

// Whether hashes were added to the checksum file that it lacked.
Result<bool> VendorRun::save_learned() {
  auto* const cache = opened_->module_cache();
  const auto learned = cache == nullptr ? engine::LearnedChecksums() : cache->learned_checksums();
  MODTOOL_CHECK(engine::add_checksums(context_, project(), learned));
  if (learned.empty()) return false;
  context_.reporter.note(fmt::format("{} lines were added to {}", learned.size(), project().dialect->lock_name()));
  return true;
}

// Read anew, and not recorded. A glob that is new takes something.
Result<void> VendorRun::look_for_lost_files() {
  const auto analysis = make_analysis(project(), {.files = context_.files, .pool = context_.pool});
  const WithQuestion question{.plan = report_.plan, .modules = opened_->modules(), .analysis = *analysis};
  MODTOOL_TRY(report_.with, taken_globs(question, with_, before_ ? before_->with : std::vector<std::string>()));
  MODTOOL_TRY(report_.lost, find_lost_files(question));
  return {};
}

// The text of modtool.sums, every block of it proven against the checksum file first.
Result<void> VendorRun::prove() {
  MODTOOL_TRY(content_, collect());
  content_.with = with_;
  for (const auto& block : content_.blocks) {
    if (block.is_directory()) continue;
    MODTOOL_CHECK(project().lock.checksums.check_module(block.module));
    const auto findings = check_block(block, project().lock.checksums, module_rule(project()), "module cache");
    if (!findings.empty()) return fail(as_error(findings.front(), to_string(block.module)));
  }
  MODTOOL_CHECK(leave_out_files());
  report_.sums_name = project().sums_name();
  sums_ = format_sums(content_);
  return {};
}

Result<void> VendorRun::leave_out_files() {
  PatchedModules vendored(opened_->modules(), patches_);
  const auto analysis = make_analysis(project(), {.files = context_.files, .pool = context_.pool});
  MODTOOL_TRY(report_.ignored, leave_out(context_, project(),
                                         {.plan = report_.plan,
                                          .modules = vendored,
                                          .analysis = *analysis,
                                          .as_git_keeps = options_.as_git_keeps,
                                          .before = before_ && !options_.all_files ? &*before_ : nullptr},
                                         content_));
  for (const auto& file : report_.plan.files) {
    const auto* block = find_block(content_, report_.plan.modules[file.module].stand_in());
    const bool is_left_out = block != nullptr && std::ranges::binary_search(block->left_out, file.name);
    if (is_left_out) report_.left_out.insert(file.destination);
  }
  return {};
}

Result<SumsFile> VendorRun::collect() const {
  const Task proving = context_.reporter.begin({.verb = "proving"});
  const auto preimage = [&](const ModuleVersion& stand_in, const module::ModuleTree& tree) {
    const Task step = proving.step(to_string(stand_in));
    return engine::preimage_of(context_, project(), stand_in, tree);
  };
  return collect_sums(
      {.plan = &report_.plan,
       .recorded = recording_.recorded(),
       .replacements = &opened_->replacements(),
       .manifest_name = std::string(project().dialect->manifest_name()),
       .patches = &patches_},
      {.modules = opened_->modules(), .preimage = preimage, .keeps_modes = project().dialect->keeps_modes()});
}

// What is copied is read anew, and not recorded.
Result<void> VendorRun::open_trees() {
  PatchedModules copied(opened_->modules(), patches_);
  MODTOOL_TRY(trees_, open_planned_trees(report_.plan, copied));
  return {};
}

// The directory is replaced where it is, not where a link leads.
Result<void> VendorRun::check_place() const {
  if (options_.sums_only) {
    MODTOOL_TRY(const auto there, context_.files.lstat(project().vendor_directory()).if_there());
    if (!there && !project().manifest.require.empty()) {
      return fail(Error{.code = Code::kVendorMissing,
                        .message = fmt::format("there is no `{}` to write a proof for", project().vendor_name())}
                      .with(Fix::modtool("vendor")));
    }
    return check_sums_place(context_.files, project().sums_path());
  }
  if (!options_.output.empty()) return check_output();
  const VendorDirectory vendor(project().vendor_directory(), project().vendor_name());
  MODTOOL_TRY(const std::string parent, vendor.linked_parent(context_.files));
  if (parent.empty()) return {};
  return fail(Code::kSymbolicLink, "`" + parent + "` is no directory of its own; nothing is vendored through it");
}

// What is vendored takes the place of the directory: that may not be the project's own, or one above it.
Result<void> VendorRun::check_output() const {
  const std::string target = place().target;
  if (target != "/" && !has_path_prefix(project().root, target)) return {};
  return fail(Code::kUsage, fmt::format("`{}` holds the project itself, so nothing is vendored into it; name a "
                                        "directory for the copies alone",
                                        options_.output));
}

VendorPlace VendorRun::place() const {
  const std::string output = options_.sums_only ? "" : options_.output;
  return {.target = target_of(context_, project(), output), .sums = project().sums_path()};
}

ApplyOptions VendorRun::apply_options() {
  return {.place = place(),
          .sums = sums_,
          .replace_anything = options_.go_face,
          .is_current = sums_ ? [this] { return is_current(); } : std::function<Result<bool>()>(),
          .reporter = &context_.reporter};
}

// Go's cache can be filled anew; what a lock of origins says is not for a command to change.
Error VendorRun::as_error(const Finding& finding, const std::string& module) const {
  Error error =
      Error{.code = finding.code, .message = finding.message, .where = finding.anchor}.in("proving " + module);
  return std::move(error).with(finding.fix.empty() ? project().can.fetch_fix : finding.fix);
}

// Whether vendor/ and modtool.sums are right as they are, so that no build sees newer files for nothing.
Result<bool> VendorRun::is_current() {
  const auto& project = opened_->project();
  const auto there = load_sums(context_.files, project.sums_path(), project.sums_name());
  if (report_.plan.empty() || !there || *there != *sums_) return false;
  const auto open_directory = [&](const std::string& path) {
    return project::open_replacement(context_.files, project, path);
  };
  const VendorDirectory vendor(project.vendor_directory(), project.vendor_name());
  const auto evidence = make_sums_evidence({.files = &context_.files,
                                            .vendor = vendor,
                                            .checksums = &project.lock.checksums,
                                            .rule = module_rule(project),
                                            .open_directory = open_directory},
                                           std::move(content_));  // asked for once
  MODTOOL_TRY(const auto compared, compare_with_plan({.files = &context_.files,
                                                      .pool = &context_.pool,
                                                      .vendor = vendor,
                                                      .evidence = evidence.get(),
                                                      .proves_modes = project.dialect->keeps_modes(),
                                                      .patches = &patches_},
                                                     report_.plan));
  report_.changed = !compared.findings.empty();
  return !report_.changed;
}

}  // namespace modtool::vendor_tool
