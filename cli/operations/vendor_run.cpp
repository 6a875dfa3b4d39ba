#include "cli/operations/vendor_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "cli/operations/module_preimage.hpp"
#include "core/base/text.hpp"
#include "core/goproxy/cache_layout.hpp"
#include "core/module/windows_names.hpp"
#include "vendor_tool/proof/block_proof.hpp"
#include "vendor_tool/proof/sums_collect.hpp"
#include "vendor_tool/proof/vendor_check.hpp"
#include "vendor_tool/sums/sums_place.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

Result<std::shared_ptr<const module::ModuleTree>> open_directory(const Session& session, const OpenProject& project,
                                                                 const ModuleVersion& module,
                                                                 const ModuleVersion& directory) {
  auto tree = open_replacement(session.files, project.project(), directory.path);
  if (tree || tree.error().code != Code::kFileNotFound) return tree;
  return fail(
      Error{.code = Code::kReplacementMissing, .message = "replacement directory " + directory.path + " does not exist"}
          .in(to_string(module)));
}

// The trees of an open project, replacements by directories included.
manifest::TreeOpener tree_opener(const Session& session, OpenProject& project, bool go_face) {
  return
      [&session, &project, go_face](const ModuleVersion& module) -> Result<std::shared_ptr<const module::ModuleTree>> {
        const ModuleVersion actual = project.summaries().actual(module);
        if (actual.version.empty()) return open_directory(session, project, module, actual);
        auto tree = project.modules().tree(actual);
        if (!tree) return fail_in(std::move(tree), to_string(actual));
        if (go_face) return tree;  // go lets names pass that Windows takes for others
        if (auto good = module::check_names_on_windows((*tree)->list()); !good)
          return fail(std::move(good.error()).in(to_string(actual)));
        return tree;
      };
}

// The go command's messages tell where a module's files are.
std::function<std::string(const ModuleVersion&)> directory_namer(const Session& session, OpenProject& project) {
  return [&session, &project](const ModuleVersion& module) {
    const ModuleVersion actual = project.summaries().actual(module);
    if (actual.version.empty()) return project.directory_of(actual);
    const auto layout = goproxy::CacheLayout::create(session.settings.module_cache);
    const auto tree = layout ? layout->tree(actual) : Result<std::string>(fail(layout.error()));
    return tree ? *tree : to_string(actual);
  };
}

std::string target_of(const Session& session, const project::Project& project, const std::string& output) {
  if (output.empty()) return project.vendor_directory();
  return io::is_absolute(output) ? io::clean_path(output) : io::join_path(session.global.directory, output);
}

// Whether modtool.sums is written.
bool writes_proof(const VendorOptions& options) {
  return options.sums_only || (!options.go_face && !options.allow_errors && options.output.empty());
}

// Our own face hashes what it vendors. Where the proof is written, all trees are hashed for that before anything is put
// in place, so they need not be hashed on opening as well.
ChecksumRule checksum_rule(const VendorOptions& options) {
  return options.go_face || writes_proof(options) ? ChecksumRule::kReadonly : ChecksumRule::kOwnFace;
}

Result<std::unique_ptr<OpenProject>> open_for(Session& session, const VendorOptions& options,
                                              const std::string& dialect) {
  return OpenProject::open(session, {.command = options.go_face ? "mod vendor" : "vendor",
                                     .manifest_file = options.manifest_file,
                                     .dialect = dialect,
                                     .checksums = checksum_rule(options),
                                     .writable_cache = options.writable_cache,
                                     .go_face = options.go_face,
                                     .vendors = true});
}

}  // namespace

VendorRun::VendorRun(Session& session, const VendorOptions& options, std::unique_ptr<OpenProject> opened,
                     ProjectPatches patches)
    : session_(session),
      options_(options),
      opened_(std::move(opened)),
      loaded_patches_(std::move(patches)),
      patches_(loaded_patches_.by_anchor()),
      reading_(session.reporter, "reading", tree_opener(session, *opened_, options.go_face)),
      recorder_([this](const ModuleVersion& module) { return reading_.open(module); }),
      inputs_{.project = opened_->project(),
              .replacements = opened_->replacements(),
              .files = session.files,
              .pool = session.pool,
              .summaries = opened_->summaries(),
              .open = patching(recorder_.opener()),
              .directory_of = options.go_face ? directory_namer(session, *opened_) : nullptr,
              .allow_errors = options.allow_errors} {}

Result<std::unique_ptr<VendorRun>> VendorRun::prepare(Session& session, const VendorOptions& options,
                                                      const std::string& dialect) {
  MODTOOL_TRY(auto opened, open_for(session, options, dialect));
  MODTOOL_TRY(auto patches, ProjectPatches::load(session.files, opened->project()));
  std::unique_ptr<VendorRun> run(new VendorRun(session, options, std::move(opened), std::move(patches)));
  MODTOOL_CHECK(run->check_place());
  MODTOOL_CHECK(run->plan());
  if (writes_proof(options)) {
    MODTOOL_TRY(run->sums_, run->prove_and_format_sums());
  }
  if (options.sums_only) return run;
  MODTOOL_TRY(run->trees_, vendor_tool::open_planned_trees(
                               run->report_.plan, run->patching(tree_opener(session, *run->opened_, options.go_face))));
  MODTOOL_CHECK(vendor_tool::check_replaceable(session.files, run->apply_options()));
  return run;
}

Result<VendorReport> VendorRun::write() {
  MODTOOL_CHECK(options_.sums_only
                    ? vendor_tool::write_sums(session_.files, session_.cancellation, place(), *sums_)
                    : vendor_tool::apply_vendor(session_.files, session_.pool, report_.plan, trees_, apply_options()));
  return std::move(report_);
}

Result<void> VendorRun::plan() {
  MODTOOL_TRY(auto planned, plan_project(inputs_, log_));
  opened_->save_index();
  report_.plan = std::move(planned.plan);
  report_.errors = std::move(planned.errors);
  report_.vendor = project().vendor_name();
  return {};
}

// The text of modtool.sums, every block of it proven against the checksum file first.
Result<std::string> VendorRun::prove_and_format_sums() {
  const auto& project = opened_->project();
  const Task proving = session_.reporter.begin({.verb = "proving"});
  MODTOOL_TRY(content_,
              vendor_tool::collect_sums(
                  {.plan = &report_.plan,
                   .records = recorder_.records(),
                   .manifests = log_.anchors(),
                   .replacements = &opened_->replacements(),
                   .manifest_name = std::string(project.dialect->manifest_name()),
                   .patches = patches_},
                  {.manifest = [this](const ModuleVersion& a) { return opened_->manifest_of(a, replaced_path(a)); },
                   .preimage =
                       [&](const ModuleVersion& anchor, const module::ModuleTree& tree) {
                         const Task step = proving.step(to_string(anchor));
                         return preimage_of(session_, project, anchor, tree);
                       },
                   .keeps_modes = project.dialect->keeps_modes()}));
  for (const auto& block : content_.blocks) {
    if (block.is_directory()) continue;
    const auto findings = vendor_tool::check_block(block, project.lock.checksums, module_rule(project), "module cache");
    if (!findings.empty()) return fail(as_error(findings.front(), to_string(block.module)));
  }
  report_.sums_name = project.sums_name();
  return vendor_tool::format_sums(content_);
}

// The directory is replaced where it is, not where a link leads.
Result<void> VendorRun::check_place() const {
  if (options_.sums_only) return vendor_tool::check_sums_place(session_.files, project().sums_path());
  if (!options_.output.empty()) return check_output();
  const vendor_tool::VendorDirectory vendor(project().vendor_directory(), project().vendor_name());
  const std::string parent = vendor.linked_parent(session_.files);
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

vendor_tool::VendorPlace VendorRun::place() const {
  const std::string output = options_.sums_only ? "" : options_.output;
  return {.target = target_of(session_, project(), output), .sums = project().sums_path()};
}

vendor_tool::ApplyOptions VendorRun::apply_options() {
  return {.place = place(),
          .sums = sums_,
          .replace_anything = options_.go_face,
          .is_current = sums_ ? [this] { return is_current(); } : std::function<Result<bool>()>(),
          .reporter = &session_.reporter};
}

manifest::TreeOpener VendorRun::patching(manifest::TreeOpener open) const {
  return patch::patching_opener(
      std::move(open), [this](const ModuleVersion& module) { return opened_->summaries().actual(module); }, patches_);
}

// The module that a directory stands in for; of any other anchor its own path.
std::string VendorRun::replaced_path(const ModuleVersion& anchor) const {
  const auto& replacements = opened_->replacements().all();
  const auto found = std::ranges::find(replacements, anchor, &manifest::Replacement::to);
  return anchor.version.empty() && found != replacements.end() ? found->from.path : anchor.path;
}

// Go's cache can be filled anew; what a lock of origins says is not for a command to change.
Error VendorRun::as_error(const vendor_tool::Finding& finding, const std::string& module) const {
  Error error =
      Error{.code = finding.code, .message = finding.message, .where = finding.anchor}.in("proving " + module);
  return opened_->locking() != nullptr ? error : std::move(error).fix("go mod download " + module);
}

// Whether vendor/ and modtool.sums are right as they are, so that no build sees newer files for nothing.
Result<bool> VendorRun::is_current() {
  const auto& project = opened_->project();
  const auto there = vendor_tool::load_sums(session_.files, project.sums_path(), project.sums_name());
  if (report_.plan.empty() || !there || *there != *sums_) return false;
  const auto open_directory = [&](const std::string& path) { return open_replacement(session_.files, project, path); };
  const vendor_tool::VendorDirectory vendor(project.vendor_directory(), project.vendor_name());
  const auto evidence = vendor_tool::make_sums_evidence({.files = &session_.files,
                                                         .vendor = vendor,
                                                         .checksums = &project.lock.checksums,
                                                         .rule = module_rule(project),
                                                         .open_directory = open_directory},
                                                        std::move(content_));  // asked for once
  MODTOOL_TRY(const auto differences, vendor_tool::compare_with_plan({.files = &session_.files,
                                                                      .pool = &session_.pool,
                                                                      .vendor = vendor,
                                                                      .evidence = evidence.get(),
                                                                      .proves_modes = project.dialect->keeps_modes(),
                                                                      .patches = patches_},
                                                                     report_.plan));
  report_.changed = !differences.empty();
  return !report_.changed;
}

}  // namespace modtool::cli
