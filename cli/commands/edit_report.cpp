#include "cli/commands/edit_report.hpp"

#include <fmt/format.h>

#include "cli/exit_code.hpp"

namespace modtool::cli {

int render_edit(Session& session, const engine::EditReport& report, bool dry_run) {
  if (dry_run) session.console.print(report.diff);
  const auto what = !report.changed ? "nothing to change" : dry_run ? "not written" : "written";
  session.console.tell(fmt::format("{}: {}", report.manifest_name, what));
  return kSuccess;
}

}  // namespace modtool::cli
