#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/tasks/install_merge_driver.hpp"
#include "cli/tasks/merge_files.hpp"
#include "core/base/json_writer.hpp"

namespace modtool::cli {
namespace {

std::string as_json(const tasks::MergeReport& report) {
  json::Value document = json::object({{"schema", 1}, {"file", report.name}, {"conflicts", report.conflicts}});
  add_if_any(document, "byLines", report.by_lines);
  add(document, "gaps", report.gaps);
  if (!report.gaps.empty()) add(document, "next", report.next);
  return json::format_document(document);
}

int render(Session& session, const tasks::MergeReport& report) {
  if (session.global.json) session.console.print(as_json(report));
  if (!report.by_lines.empty())
    session.reporter.note(fmt::format("{}: merged line by line: {}", report.name, report.by_lines));
  for (const auto& gap : report.gaps) session.reporter.note(fmt::format("{}: {}", report.name, gap));
  if (!report.gaps.empty()) session.reporter.note("after the merge, type: modtool " + report.next);
  for (const auto& conflict : report.conflicts)
    session.reporter.note(fmt::format("{}: conflict: {}", report.name, conflict));
  return report.conflicts.empty() ? kSuccess : kDifferences;
}

std::string as_json(const tasks::InstallReport& report) {
  return json::format_document(json::object({{"schema", 1},
                                             {"config", report.config_file},
                                             {"driver", report.driver},
                                             {"configChanged", report.config_changed},
                                             {"attributes", report.attributes_file},
                                             {"added", report.added}}));
}

int render(Session& session, const tasks::InstallReport& report) {
  if (session.global.json) {
    session.console.print(as_json(report));
    return kSuccess;
  }
  if (is_quiet(session)) return kSuccess;
  session.console.print(fmt::format("{}: merge.modtool.driver = {}{}\n", report.config_file, report.driver,
                                    report.config_changed ? "" : " (as it was)"));
  if (!report.program.empty()) {
    session.reporter.note(fmt::format("modtool is not on the PATH, so Git is given {}", report.program));
  }
  for (const auto& line : report.added) session.console.print(fmt::format("{}: {}\n", report.attributes_file, line));
  if (report.added.empty()) session.console.print(report.attributes_file + ": as it was\n");
  return kSuccess;
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<tasks::MergeOptions>();
  set.add_argument("base", options->base, "what both sides started from (%O)").required();
  set.add_argument("ours", options->ours, "our side; the result is written to it (%A)").required();
  set.add_argument("theirs", options->theirs, "their side (%B)").required();
  set.add_argument("path", options->path, "the name of the file in the repository (%P)").required();
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, tasks::merge_files(session.context, *options));
    return render(session, report);
  };
}

Action configure_install(FlagSet&) {
  return [](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, tasks::install_merge_driver(session.context));
    return render(session, report);
  };
}

}  // namespace

constinit const Command kMergeDriverCommand = {
    .name = "merge-driver",
    .group = "machine",
    .summary = "merge a manifest, a lock or modtool.sums for Git: exit 1 leaves a conflict",
    .example = "modtool merge-driver %O %A %B %P",
    .configure = configure,
    .settings = SettingsNeed::kNone,
};

constinit const Command kMergeDriverInstallCommand = {
    .name = "merge-driver install",
    .group = "machine",
    .summary = "have Git merge these files with modtool in this repository",
    .example = "modtool merge-driver install && git add .gitattributes",
    .configure = configure_install,
};

}  // namespace modtool::cli
