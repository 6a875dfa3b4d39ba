#include "core/engine/tidy.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "core/engine/dialect_flag.hpp"
#include "core/engine/each_project.hpp"
#include "core/engine/lock_builder.hpp"
#include "core/engine/manifest_change.hpp"
#include "core/engine/selection_change.hpp"

namespace modtool::engine {
namespace {

Versions selected_of(const manifest::Lock& lock) {
  Versions modules;
  for (const auto& locked : lock.modules) {
    if (!locked.sum.empty()) modules.push_back(locked.module);
  }
  return modules;
}

// "- a v1.0.0" of what is gone, "+ a v1.1.0" of what has come.
std::vector<std::string> diff_lines(const std::vector<SelectionChange>& changes) {
  std::vector<std::string> lines;
  for (const auto& [path, before, after] : changes) {
    if (!before.empty()) lines.push_back(fmt::format("- {} {}", path, before));
    if (!after.empty()) lines.push_back(fmt::format("+ {} {}", path, after));
  }
  return lines;
}

// What the manifest says of paths that the graph does not hold: most often they are misspelt.
std::vector<std::string> notes_on_strangers(const manifest::Manifest& manifest, const resolve::ModuleGraph& graph) {
  std::set<std::string, std::less<>> known;
  for (const auto node : graph.nodes()) known.insert(graph.module(node).path);
  std::vector<std::string> notes;
  const auto look_at = [&](const std::string& path, std::string_view what) {
    if (!known.contains(path)) notes.push_back(fmt::format("{} is {}, and nothing requires it", path, what));
  };
  for (const auto& replacement : manifest.replace) look_at(replacement.from.path, "replaced");
  for (const auto& [path, floor] : manifest.majors) look_at(path, "in \"majors\"");
  for (const auto& replacement : manifest.replace) known.insert(replacement.to.path);
  for (const auto& [path, description] : manifest.describe) look_at(path, "described");
  return notes;
}

}  // namespace

Result<TidyReport> tidy_project(const Context& context, const ProjectChoice& choice, bool check) {
  MODTOOL_TRY(const auto change, ManifestChange::open(context, {.command = "tidy", .choice = choice, .relock = true},
                                                      Fix::command({"go", "mod", "tidy"})));
  const project::Project& project = change->project();
  MODTOOL_TRY(const auto graph, change->opened().load_graph());
  MODTOOL_TRY(auto built, build_lock(context, change->opened(), project.manifest, graph));
  const std::string text = project.dialect->format_lock(built.lock);
  MODTOOL_TRY(const auto before, context.files.read(project.lock_path).if_there());
  TidyReport report{.lock_name = std::string(project.dialect->lock_name()),
                    .modules = selected_of(built.lock).size(),
                    .changed = !before || *before != text,
                    .changes = diff_lines(changes_between(selected_of(project.lock), selected_of(built.lock))),
                    .notes = std::move(built.notes)};
  std::ranges::move(notes_on_strangers(project.manifest, graph), std::back_inserter(report.notes));
  if (!report.changed || check) return report;
  MODTOOL_CHECK(check_may_write(context, report.lock_name));
  MODTOOL_CHECK(context.files.write_atomic(project.lock_path, text));
  return report;
}

Result<TidyReport> tidy(const Context& context, bool check) {
  MODTOOL_TRY(const auto choice,
              choose_locking_project(
                  context, {.command = "tidy", .flags = {"--check"}, .others_do = "mod tidy", .needs_all = check}));
  return naming_dialect(tidy_project(context, choice, check), choice.which.name());
}

}  // namespace modtool::engine
