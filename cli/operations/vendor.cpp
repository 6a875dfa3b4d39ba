#include "cli/operations/vendor.hpp"

#include "cli/operations/vendor_planning.hpp"
#include "core/source/module_trees.hpp"
#include "vendor_tool/vendor_apply.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

// The trees of an open project, replacements by directories included.
manifest::TreeOpener tree_opener(const Session& session, OpenProject& project) {
  return [&session, &project](const ModuleVersion& module) -> Result<std::shared_ptr<const module::ModuleTree>> {
    const ModuleVersion actual = project.summaries().actual(module);
    if (!actual.version.empty()) return project.modules().tree(actual);
    return source::open_directory_tree(session.files, project.directory_of(actual), false);
  };
}

PlanningInputs planning_inputs(Session& session, OpenProject& project, const VendorOptions& options) {
  return {.project = project.project(),
          .replacements = project.replacements(),
          .files = session.files,
          .pool = session.pool,
          .roots = project.project().dialect->roots_of(project.project().manifest),
          .open = tree_opener(session, project),
          .build_list = [&project]() -> Result<std::vector<ModuleVersion>> {
            MODTOOL_TRY(const auto graph, project.load_graph_as_written());
            return graph.build_list();
          },
          .summary = [&project](const ModuleVersion& module) { return project.summaries().read(module); },
          .allow_errors = options.allow_errors};
}

std::string target_of(const Session& session, const project::Project& project, const std::string& output) {
  if (output.empty()) return project.vendor_directory();
  return io::is_absolute(output) ? output : io::join_path(session.global.directory, output);
}

}  // namespace

Result<VendorReport> vendor_project(Session& session, const VendorOptions& options) {
  MODTOOL_TRY(const auto project, OpenProject::open(session, {.command = "mod vendor",
                                                              .manifest_file = options.manifest_file,
                                                              .checksums = options.go_face ? ChecksumRule::kReadonly
                                                                                           : ChecksumRule::kOwnFace,
                                                              .writable_cache = options.writable_cache}));
  const PlanningInputs inputs = planning_inputs(session, *project, options);
  MODTOOL_TRY(auto planned, plan_project(inputs));
  project->save_index();

  VendorReport report{.plan = std::move(planned.plan), .errors = std::move(planned.errors)};
  MODTOOL_TRY(const auto trees, vendor_tool::open_planned_trees(report.plan, inputs.open));
  const vendor_tool::ApplyOptions apply{.target = target_of(session, project->project(), options.output),
                                        .replace_anything = options.go_face,
                                        .progress = [&session](std::size_t done, std::size_t total) {
                                          session.console.progress("vendoring", done, total);
                                        }};
  MODTOOL_CHECK(vendor_tool::apply_vendor(session.files, session.pool, report.plan, trees, apply));
  return report;
}

}  // namespace modtool::cli
