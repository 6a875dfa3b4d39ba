#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "core/engine/init.hpp"

namespace modtool::cli {
namespace {

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::InitOptions>();
  set.add_argument("PATH", options->path, "the module's path; by default that of the directory's Git origin");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, engine::start_project(session.context, *options));
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
