#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/operations/tidy.hpp"

namespace modtool::cli {
namespace {

std::string as_json(const TidyReport& report) {
  const nlohmann::ordered_json json = {{"schema", 1},
                                       {"modules", report.modules},
                                       {"changed", report.changed},
                                       {"changes", report.changes},
                                       {"notes", report.notes}};
  return json.dump(2) + "\n";
}

int render(Session& session, const TidyReport& report, bool check) {
  std::string text;
  for (const auto& change : report.changes) text += change + "\n";
  session.console.print(session.global.json ? as_json(report) : text);
  for (const auto& note : report.notes) session.reporter.note(note);
  const auto what = !report.changed ? "is up to date" : check ? "is out of date" : "written";
  session.console.say(fmt::format("{}: {} modules, {}", report.lock_name, report.modules, what));
  return check && report.changed ? kDifferences : kSuccess;
}

Task configure(FlagSet& set) {
  auto options = std::make_shared<TidyOptions>();
  set.add_switch("--check", options->check, "write nothing; exit 1 where something would be written");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, tidy_here(session, *options));
    return render(session, report, options->check);
  };
}

}  // namespace

constinit const Command kTidyCommand = {
    .name = "tidy",
    .group = "change",
    .summary = "resolve modtool.json anew and write modtool.lock",
    .example = "modtool tidy --check",
    .configure = configure,
};

}  // namespace modtool::cli
