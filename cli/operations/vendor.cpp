#include "cli/operations/vendor.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/module_progress.hpp"
#include "cli/operations/module_preimage.hpp"
#include "cli/operations/vendor_planning.hpp"
#include "cli/operations/vendor_rules.hpp"
#include "core/base/text.hpp"
#include "core/module/windows_names.hpp"
#include "core/source/cache_layout.hpp"
#include "vendor_tool/block_proof.hpp"
#include "vendor_tool/recording_tree.hpp"
#include "vendor_tool/sums_collect.hpp"
#include "vendor_tool/sums_file.hpp"
#include "vendor_tool/sums_place.hpp"
#include "vendor_tool/vendor_apply.hpp"
#include "vendor_tool/vendor_check.hpp"

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
    const auto layout = source::CacheLayout::create(session.settings.module_cache);
    const auto tree = layout ? layout->tree(actual) : Result<std::string>(fail(layout.error()));
    return tree ? *tree : to_string(actual);
  };
}

std::string target_of(const Session& session, const project::Project& project, const std::string& output) {
  if (output.empty()) return project.vendor_directory();
  return io::is_absolute(output) ? io::clean_path(output) : io::join_path(session.global.directory, output);
}

// One run of `vendor`: what was planned, and what the planning looked at.
class VendorRun {
 public:
  VendorRun(Session& session, OpenProject& project, const ProjectPatches& patches, const VendorOptions& options)
      : session_(session),
        project_(project),
        options_(options),
        patches_(patches.by_anchor()),
        reading_(session.console, "reading"),
        recorder_([this, open = tree_opener(session, project, options.go_face)](const ModuleVersion& module) {
          reading_.begin(module);
          return open(module);
        }),
        inputs_{.project = project.project(),
                .replacements = project.replacements(),
                .files = session.files,
                .pool = session.pool,
                .summaries = project.summaries(),
                .open = patching(recorder_.opener()),
                .directory_of = options.go_face ? directory_namer(session, project) : nullptr,
                .allow_errors = options.allow_errors} {}

  Result<void> plan() {
    MODTOOL_TRY(auto planned, plan_project(inputs_, log_));
    project_.save_index();
    report_.plan = std::move(planned.plan);
    report_.errors = std::move(planned.errors);
    return {};
  }

  // The text of modtool.sums, every block of it proven against the checksum file first.
  Result<std::string> prove_and_format_sums() {
    const auto& project = project_.project();
    ModuleProgress proving(session_.console, "proving");
    MODTOOL_TRY(sums_,
                vendor_tool::collect_sums(
                    {.plan = &report_.plan,
                     .records = recorder_.records(),
                     .manifests = log_.anchors(),
                     .replacements = &project_.replacements(),
                     .manifest_name = std::string(project.dialect->manifest_name()),
                     .patches = patches_},
                    {.manifest = [this](const ModuleVersion& a) { return project_.manifest_of(a, replaced_path(a)); },
                     .preimage =
                         [&](const ModuleVersion& anchor, const module::ModuleTree& tree) {
                           proving.begin(anchor);
                           return preimage_of(session_, project, anchor, tree);
                         },
                     .keeps_modes = project.dialect->keeps_modes()}));
    for (const auto& block : sums_.blocks) {
      if (block.is_directory()) continue;
      const auto findings =
          vendor_tool::check_block(block, project.lock.checksums, module_rule(project), "module cache");
      if (!findings.empty()) return fail(as_error(findings.front(), to_string(block.module)));
    }
    report_.sums_name = project.sums_name();
    return vendor_tool::format_sums(sums_);
  }

  Result<void> apply(const std::optional<std::string>& sums) {
    const auto open = patching(tree_opener(session_, project_, options_.go_face));
    MODTOOL_TRY(const auto trees, vendor_tool::open_planned_trees(report_.plan, open));
    return vendor_tool::apply_vendor(
        session_.files, session_.pool, report_.plan, trees,
        {.place = {target_of(session_, project_.project(), options_.output), project_.project().sums_path()},
         .sums = sums,
         .replace_anything = options_.go_face,
         .is_current = sums ? [this, &sums] { return is_current(*sums); } : std::function<Result<bool>()>(),
         .progress = [this](std::size_t done, std::size_t total) {
           session_.console.progress("vendoring", done, total);
         }});
  }

  VendorReport take_report() { return std::move(report_); }

 private:
  manifest::TreeOpener patching(manifest::TreeOpener open) const {
    return vendor_tool::patching_opener(
        std::move(open), [this](const ModuleVersion& module) { return project_.summaries().actual(module); }, patches_);
  }

  // Whether vendor/ and modtool.sums are right as they are, so that no build sees newer files for nothing.
  Result<bool> is_current(const std::string& sums) {
    const auto& project = project_.project();
    const auto there = vendor_tool::load_sums(session_.files, project.sums_path(), project.sums_name());
    if (report_.plan.empty() || !there || *there != sums) return false;
    const auto open_directory = [&](const std::string& path) {
      return open_replacement(session_.files, project, path);
    };
    const vendor_tool::VendorDirectory vendor(project.vendor_directory(), project.vendor_name());
    const auto evidence = vendor_tool::make_sums_evidence({.files = &session_.files,
                                                           .vendor = vendor,
                                                           .checksums = &project.lock.checksums,
                                                           .rule = module_rule(project),
                                                           .open_directory = open_directory},
                                                          std::move(sums_));  // asked for once
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

  // The module that a directory stands in for; of any other anchor its own path.
  std::string replaced_path(const ModuleVersion& anchor) const {
    const auto& replacements = project_.replacements().all();
    const auto found = std::ranges::find(replacements, anchor, &manifest::Replacement::to);
    return anchor.version.empty() && found != replacements.end() ? found->from.path : anchor.path;
  }

  // Go's cache can be filled anew; what a lock of origins says is not for a command to change.
  Error as_error(const vendor_tool::Finding& finding, const std::string& module) const {
    Error error =
        Error{.code = finding.code, .message = finding.message, .where = finding.anchor}.in("proving " + module);
    return project_.locking() != nullptr ? error : std::move(error).fix("go mod download " + module);
  }

  Session& session_;
  OpenProject& project_;
  const VendorOptions& options_;
  vendor_tool::PatchesOf patches_;
  ModuleProgress reading_;
  vendor_tool::TreeRecorder recorder_;
  PlanningInputs inputs_;
  ManifestLog log_;
  VendorReport report_;
  vendor_tool::SumsFile sums_;  // what was proven
};

// What is vendored takes the place of the directory: that may not be the project's own, or one above it.
Result<void> check_output(const Session& session, const project::Project& project, const std::string& output) {
  const std::string target = target_of(session, project, output);
  const bool holds_project = target == "/" || has_path_prefix(project.root, target);
  if (output.empty() || !holds_project) return {};
  return fail(Code::kUsage, fmt::format("`{}` holds the project itself, so nothing is vendored into it; name a "
                                        "directory for the copies alone",
                                        output));
}

// The directory is replaced where it is, not where a link leads.
Result<void> check_place(const Session& session, const project::Project& project) {
  const vendor_tool::VendorDirectory vendor(project.vendor_directory(), project.vendor_name());
  const std::string parent = vendor.linked_parent(session.files);
  if (parent.empty()) return {};
  return fail(Code::kSymbolicLink, "`" + parent + "` is no directory of its own; nothing is vendored through it");
}

vendor_tool::VendorPlace place_of(const project::Project& project) {
  return {.target = project.vendor_directory(), .sums = project.sums_path()};
}

// Whether modtool.sums is written with the tree.
bool writes_proof(const VendorOptions& options) {
  return !options.go_face && !options.allow_errors && options.output.empty();
}

// Our own face hashes what it vendors. Where the proof is written, all trees are hashed for that before anything is put
// in place, so they need not be hashed on opening as well.
ChecksumRule checksum_rule(const VendorOptions& options) {
  return options.go_face || writes_proof(options) ? ChecksumRule::kReadonly : ChecksumRule::kOwnFace;
}

Result<std::unique_ptr<OpenProject>> open_for(Session& session, const VendorOptions& options) {
  return OpenProject::open(session, {.command = options.go_face ? "mod vendor" : "vendor",
                                     .manifest_file = options.manifest_file,
                                     .checksums = checksum_rule(options),
                                     .writable_cache = options.writable_cache,
                                     .go_face = options.go_face,
                                     .vendors = true});
}

}  // namespace

Result<VendorReport> vendor_project(Session& session, const VendorOptions& options) {
  MODTOOL_TRY(const auto project, open_for(session, options));
  MODTOOL_TRY(const auto patches, ProjectPatches::load(session.files, project->project()));
  MODTOOL_CHECK(check_output(session, project->project(), options.output));
  if (options.output.empty()) MODTOOL_CHECK(check_place(session, project->project()));
  VendorRun run(session, *project, patches, options);
  MODTOOL_CHECK(run.plan());
  std::optional<std::string> sums;
  if (writes_proof(options)) {
    MODTOOL_TRY(sums, run.prove_and_format_sums());
  }
  MODTOOL_CHECK(run.apply(std::move(sums)));
  return run.take_report();
}

Result<VendorReport> write_sums_only(Session& session, const VendorOptions& options) {
  MODTOOL_TRY(const auto project, open_for(session, options));
  MODTOOL_TRY(const auto patches, ProjectPatches::load(session.files, project->project()));
  VendorRun run(session, *project, patches, options);
  MODTOOL_CHECK(vendor_tool::check_sums_place(session.files, project->project().sums_path()));
  MODTOOL_CHECK(run.plan());
  MODTOOL_TRY(const std::string sums, run.prove_and_format_sums());
  MODTOOL_CHECK(vendor_tool::write_sums(session.files, session.cancellation, place_of(project->project()), sums));
  return run.take_report();
}

}  // namespace modtool::cli
