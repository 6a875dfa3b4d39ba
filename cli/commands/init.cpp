#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "core/base/json_writer.hpp"
#include "core/engine/init.hpp"

namespace modtool::cli {
namespace {

std::string as_json(const engine::InitReport& report) {
  return json::format_document(
      json::object({{"schema", 1}, {"manifest", report.manifest_name}, {"module", report.path}}));
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::InitOptions>();
  set.add_argument("PATH", options->path, "the module's path; by default that of the directory's Git origin");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, engine::start_project(session.context, *options));
    if (session.global.json) session.console.print(as_json(report));
    session.console.tell(fmt::format("{}: started {}", report.manifest_name, report.path));
    return kSuccess;
  };
}

}  // namespace

constinit const Command kInitCommand = {
    .name = "init",
    .group = "change",
    .summary = "start a project: write its modtool.json",
    .example = "modtool init example.com/acme/demo",
    .configure = configure,
};

}  // namespace modtool::cli
