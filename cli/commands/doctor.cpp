#include <chrono>
#include <memory>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/render/examination.hpp"
#include "core/engine/doctor.hpp"

namespace modtool::cli {
namespace {

Result<int> run_checks(Session& session, engine::DoctorOptions options) {
  if (options.online && session.context.settings.offline) {
    return fail(Code::kUsage, "`--online` asks servers, and `--offline` and `--frozen` keep from it");
  }
  options.now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
  MODTOOL_TRY(const auto examinations, engine::examine(session.context, options));
  const bool all = session.console.options().verbosity == Verbosity::kVerbose;
  session.console.print(session.global.json ? render_examinations_json(examinations)
                                            : render_examinations(examinations, all));
  session.console.tell(summarise(examinations));
  return is_healthy(examinations) ? kSuccess : kDifferences;
}

Action configure(FlagSet& set) {
  auto options = std::make_shared<engine::DoctorOptions>();
  set.add_switch(
      "--online", options->online,
      "ask each server once, with the logins that a run would have; else nobody is asked and no program run");
  return [options](Session& session) { return run_checks(session, *options); };
}

}  // namespace

constinit const Command kDoctorCommand = {
    .name = "doctor",
    .group = "machine",
    .summary =
        "say who is asked for which module, with which login, and what is wrong with the machine; changes nothing",
    .example = "modtool doctor --online",
    .configure = configure,
    .settings = SettingsNeed::kAny,
};

}  // namespace modtool::cli
