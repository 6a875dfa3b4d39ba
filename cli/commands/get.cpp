#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/base/text.hpp"
#include "core/engine/get.hpp"

namespace modtool::cli {
namespace {

std::string render_json(const engine::GetReport& report, bool dry_run) {
  return json::format_document(json::object({{"schema", 1},
                                             {"changes", report.changes},
                                             {"notes", report.notes},
                                             {"diff", report.diff},
                                             {"changed", report.changed},
                                             {"written", report.changed && !dry_run}}));
}

int render(Session& session, const engine::GetReport& report, bool dry_run) {
  if (session.global.json) {
    session.console.print(render_json(report, dry_run));
    return kSuccess;
  }
  std::string text;
  for (const auto& change : report.changes) text += change + "\n";
  if (!is_quiet(session)) session.console.print(text);
  if (dry_run) session.console.print(report.diff);
  for (const auto& note : report.notes) session.reporter.note(note);
  const auto what = !report.changed ? "up to date" : dry_run ? "not written" : "written";
  session.console.tell(fmt::format("{}: {}", report.files, what));
  return kSuccess;
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::GetOptions>();
  auto upgrade = std::make_shared<std::string>();
  set.add_argument(
      "MODULE", options->requests,
      "module paths, each perhaps with @ and a version, latest, upgrade, patch, none, <v1.2.0, >=v1.2.0, v1, "
      "a branch, a tag or a commit");
  set.add_switch("-u,--upgrade", *upgrade, "upgrade what the modules need, too; -u=patch: to patch releases only");
  set.add_option("--group", options->group, "require them in that group of the manifest").value("NAME");
  set.add_switch("--dry-run", options->dry_run, "show what would change, and write nothing");
  return [options, upgrade](Session& session) -> Result<int> {
    options->upgrade = !upgrade->empty();
    options->patches = *upgrade == "patch";
    if (options->upgrade && !options->patches && *upgrade != "true") {
      return fail(Code::kUsage, fmt::format("{} is no kind of upgrade; only `-u=patch` is", quote(*upgrade)));
    }
    if (options->requests.empty() && !options->upgrade) {
      return fail(Error{.code = Code::kUsage, .message = "no module is named"}.with(Fix::modtool("get", {"--help"})));
    }
    MODTOOL_TRY(const auto report, engine::get_modules(session.context, *options));
    return render(session, report, options->dry_run);
  };
}

}  // namespace

constinit const Command kGetCommand = {
    .name = "get",
    .group = "change",
    .summary = "require modules at the versions asked for, and lock them",
    .example = "modtool get example.com/log@v1.4.0 --dry-run",
    .configure = configure,
};

}  // namespace modtool::cli
