#include "cli/operations/tidy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "cli/operations/lock_builder.hpp"
#include "cli/operations/manifest_change.hpp"

namespace modtool::cli {
namespace {

using module::ModuleVersion;

std::set<ModuleVersion> selected_of(const manifest::Lock& lock) {
  std::set<ModuleVersion> modules;
  for (const auto& locked : lock.modules) {
    if (!locked.sum.empty()) modules.insert(locked.module);
  }
  return modules;
}

std::vector<std::string> changes_between(const manifest::Lock& before, const manifest::Lock& now) {
  const auto old_modules = selected_of(before);
  const auto new_modules = selected_of(now);
  std::vector<std::string> lines;
  const auto tell = [&](char sign, const auto& from, const auto& other) {
    for (const auto& module : from) {
      if (!other.contains(module)) lines.push_back(fmt::format("{} {} {}", sign, module.path, module.version));
    }
  };
  tell('-', old_modules, new_modules);
  tell('+', new_modules, old_modules);
  std::ranges::stable_sort(lines, {}, [](const std::string& line) { return line.substr(2, line.rfind(' ')); });
  return lines;
}

}  // namespace

Result<TidyReport> tidy_project(Session& session, const TidyOptions& options) {
  MODTOOL_TRY(const auto change, ManifestChange::open(session, {.command = "tidy", .relock = true}, "go mod tidy"));
  const project::Project& project = change->project();
  MODTOOL_TRY(const auto graph, change->opened().load_graph());
  MODTOOL_TRY(auto built, build_lock(session, change->opened(), project.manifest, graph));
  const std::string text = project.dialect->format_lock(built.lock);
  const auto before = session.files.read(project.lock_path);
  TidyReport report{.lock_name = std::string(project.dialect->lock_name()),
                    .modules = selected_of(built.lock).size(),
                    .changed = !before || *before != text,
                    .changes = changes_between(project.lock, built.lock),
                    .notes = std::move(built.notes)};
  if (!report.changed || options.check) return report;
  MODTOOL_CHECK(check_may_write(session, report.lock_name));
  MODTOOL_CHECK(session.files.write_atomic(project.lock_path, text));
  return report;
}

}  // namespace modtool::cli
