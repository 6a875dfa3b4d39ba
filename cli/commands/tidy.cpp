#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/engine/tidy.hpp"

namespace modtool::cli {
namespace {

std::string as_json(const engine::TidyReport& report) {
  return json::format_document(json::object({{"schema", 1},
                                             {"modules", report.modules},
                                             {"changed", report.changed},
                                             {"changes", report.changes},
                                             {"notes", report.notes}}));
}

int render(Session& session, const engine::TidyReport& report, bool check) {
  std::string text;
  for (const auto& change : report.changes) text += change + "\n";
  if (session.global.json) session.console.print(as_json(report));
  if (!session.global.json && !is_quiet(session)) session.console.print(text);
  for (const auto& note : report.notes) session.reporter.note(note);
  const auto what = !report.changed ? "is up to date" : check ? "is out of date" : "written";
  session.console.tell(fmt::format("{}: {} modules, {}", report.lock_name, report.modules, what));
  return check && report.changed ? kDifferences : kSuccess;
}

Action configure(FlagSet& set) {
  auto check = std::make_shared<bool>(false);
  set.add_switch("--check", *check, "write nothing; exit 1 where something would be written");
  return [check](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, engine::tidy(session.context, *check));
    return render(session, report, *check);
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
