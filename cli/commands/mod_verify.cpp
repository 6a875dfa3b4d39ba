
#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "vendor_tool/run/verify_cache.hpp"

namespace modtool::cli {
namespace {

Action configure(FlagSet& set) {
  auto options = std::make_shared<vendor_tool::VerifyCacheOptions>(vendor_tool::VerifyCacheOptions{.go_face = true});
  set.add_option("--modfile", options->manifest_file);
  set.add_idle_switch("--modcacherw");
  return [options](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, vendor_tool::verify_project_cache(session.context, *options));
    for (const auto& problem : report.problems) session.console.say(problem.message);
    if (!report.problems.empty()) return 1;
    session.console.print("all modules verified\n");
    return kSuccess;
  };
}

}  // namespace

constinit const Command kModVerifyCommand = {
    .name = "mod verify",
    .group = "",
    .summary = "check the module cache, as the go command does",
    .example = "modtool mod verify",
    .configure = configure,
    .is_go_face = true,
    .go_usage = "mod verify",
    .go_refusal = "verify takes no arguments",
};

}  // namespace modtool::cli
