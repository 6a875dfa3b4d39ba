#include "core/engine/download.hpp"

#include <fmt/format.h>

#include <set>

#include "core/engine/each_project.hpp"
#include "core/engine/open_project.hpp"
#include "core/engine/preimage.hpp"
#include "core/project/module_graph.hpp"

namespace modtool::engine {
namespace {

using module::ModuleVersion;

Result<void> check_locked(const project::Project& project) {
  if (project.has_lock || !project.can.locks_graph) return {};
  return fail(
      Error{.code = Code::kLockStale, .message = fmt::format("there is no {}", project.dialect->lock_name())}.with(
          project::relocking()));
}

// What stands in for the selected modules, directories left out.
std::set<ModuleVersion> modules_of(const OpenProject& opened, const resolve::ModuleGraph& graph) {
  std::set<ModuleVersion> modules;
  for (const auto& module : graph.build_list()) {
    if (opened.project().dialect->builtin(module)) continue;
    const manifest::StandIn stand_in = opened.replacements().stand_in(module);
    if (!stand_in.is_directory()) modules.insert(stand_in);
  }
  return modules;
}

Error mismatch(const manifest::ChecksumTable& checksums, const DownloadedModule& locked, const std::string& sum) {
  return {.code = Code::kChecksumMismatch,
          .message = fmt::format("the files have the hash {} and were locked with {}", sum, locked.sum),
          .where = checksums.lines(locked.module).front().where};
}

// What go wants besides the module once there is no network (`.info`). A module that is here is here without it, too.
Result<void> bring_info(OpenProject& opened, const ModuleVersion& module) {
  if (!opened.project().can.has_module_cache) return {};
  const auto info = opened.source().stat(module.path, module.version);
  const bool is_dispensable = !info && (info.error().code == Code::kOffline || info.error().code == Code::kNotFound);
  return info || is_dispensable ? Result<void>() : fail(info.error());
}

Result<void> check_module(const Context& context, OpenProject& opened, const DownloadedModule& locked) {
  const auto& checksums = opened.project().lock.checksums;
  MODTOOL_CHECK(checksums.check_module(locked.module));
  MODTOOL_CHECK(opened.source().manifest(locked.module));  // the index may have spared it
  MODTOOL_TRY(const auto tree, opened.source().tree(locked.module));
  MODTOOL_TRY(const auto preimage, preimage_of(context, opened.project(), locked.module, *tree));
  const std::string sum = module::h1_of(preimage, to_string(locked.module));
  if (checksums.check(locked.module, sum) == manifest::ChecksumVerdict::kMatch)
    return bring_info(opened, locked.module);
  return fail(mismatch(checksums, locked, sum));
}

// The error of one module is its own; that of the whole is the end of the run.
Result<void> bring(const Context& context, OpenProject& opened, DownloadedModule& module) {
  auto checked = check_module(context, opened, module);
  MODTOOL_CHECK(context.cancellation.check());
  if (!checked) module.error = std::move(checked.error()).in("downloading " + to_string(module.module));
  return {};
}

Result<DownloadReport> download_one(const Context& context, const ProjectChoice& choice) {
  // The files where builds find them are hashed below.
  MODTOOL_TRY(const auto opened, OpenProject::open(context, {.command = "download",
                                                             .choice = choice,
                                                             .checksums = ChecksumRule::kReadonly,
                                                             .fills_cache = true}));
  const auto& project = opened->project();
  MODTOOL_CHECK(check_locked(project));
  MODTOOL_TRY(const auto graph, opened->load_graph());  // the lock is whole
  opened->save_index();
  DownloadReport report{
      .dialect = choice.which.name(), .lock_name = std::string(project.dialect->lock_name()), .modules = {}};
  for (const auto& module : modules_of(*opened, graph)) {
    const auto& checksums = project.lock.checksums;
    if (checksums.lines(module).empty()) {
      ++report.unlocked;
    } else {
      report.modules.push_back({.module = module, .sum = std::string(checksums.h1(module)), .error = {}});
    }
  }
  MODTOOL_CHECK(context.pool.for_each(report.modules.size(),
                                      [&](std::size_t i) { return bring(context, *opened, report.modules[i]); }));
  return report;
}

}  // namespace

Result<Downloads> download_modules(const Context& context) {
  MODTOOL_TRY(const auto choices, choose_projects(context, ""));
  MODTOOL_TRY(auto outcomes, run_each<DownloadReport>(
                                 choices, [&](const ProjectChoice& choice) { return download_one(context, choice); }));
  Downloads downloads;
  for (auto& outcome : outcomes) {
    if (outcome.result) downloads.reports.push_back(std::move(*outcome.result));
    if (!outcome.result) downloads.failures.push_back(std::move(outcome.result).error());
  }
  return downloads;
}

}  // namespace modtool::engine
