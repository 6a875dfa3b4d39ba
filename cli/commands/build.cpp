#include <fmt/format.h>

#include "cli/commands/commands.hpp"
#include "cli/commands/proof_talk.hpp"
#include "cli/exit_code.hpp"
#include "cli/tasks/build.hpp"
#include "core/base/json_writer.hpp"

namespace modtool::cli {
namespace {

using Options = std::shared_ptr<tasks::BuildOptions>;

void add_source_flag(FlagSet& set, std::string& mod) {
  set.add_option("--mod", mod,
                 "where the sources come from: vendor, readonly (the cache) or mod (which may update the lock); by "
                 "default vendor/ where it is there")
      .value("")
      .choices({"vendor", "readonly", "mod"});
}

void add_flags(FlagSet& set, const Options& options) {
  add_source_flag(set, options->mod);
  set.add_option("--preset", options->preset, "CMake: a configure preset of the project").value("NAME");
  set.add_option("-G,--generator", options->generator, "CMake: the generator; Ninja where it is there").value("NAME");
  set.add_option("-B,--build-dir", options->build_directory,
                 "CMake, Meson: the build directory; build/<preset> or build/modtool")
      .value("DIR");
  set.add_option("-D", options->definitions, "CMake, Meson: a variable or option for the configuration")
      .value("NAME=VALUE")
      .one_value_each_time();
  set.add_option("--prefix", options->prefix,
                 "CMake: install the modules into a directory of modtool's first, and build the project against it")
      .value("DIR");
  set.add_switch("--strict", options->strict, "CMake, Meson: every package must come from a module");
}

// What a build does, on the console.
class BuildTalk final : public tasks::BuildListener {
 public:
  explicit BuildTalk(const Session& session) : session_(session), console_(session.console) {}

  void on_failed_proof(const vendor_tool::CheckReport& report) override { tell_failed_proof(session_, report); }
  void on_command(const std::string& line) override { console_.say("+ " + line); }
  void on_output(bool is_talk, std::string_view bytes) override { console_.relay(is_talk, bytes); }
  void on_hand_over() override { static_cast<void>(console_.flush()); }

 private:
  const Session& session_;
  Console& console_;
};

Action action_for(const Options& options) {
  return [options](Session& session) {
    options->jobs = session.global.jobs;
    options->passed_on = session.global.passed_on;
    options->trace = session.global.trace;
    BuildTalk talk(session);
    return tasks::build_project(session.context, *options, talk);
  };
}

Action configure_build(FlagSet& set) {
  auto options = std::make_shared<tasks::BuildOptions>(tasks::BuildOptions{.verb = tasks::BuildVerb::kBuild});
  set.add_argument("TARGET", options->targets, "what to build: targets of CMake or Meson, packages of Go");
  add_flags(set, options);
  return action_for(options);
}

Action configure_test(FlagSet& set) {
  auto options = std::make_shared<tasks::BuildOptions>(tasks::BuildOptions{.verb = tasks::BuildVerb::kTest});
  set.add_argument("TARGET", options->targets, "what to build first: targets of CMake or Meson; or packages of Go");
  add_flags(set, options);
  return action_for(options);
}

Action configure_run(FlagSet& set) {
  auto options = std::make_shared<tasks::BuildOptions>(tasks::BuildOptions{.verb = tasks::BuildVerb::kRun});
  set.add_argument("TARGET", options->targets, "a target of CMake or Meson, or a package of Go").required().one_value();
  add_flags(set, options);
  return action_for(options);
}

std::string as_json(const tasks::IntegrationReport& report) {
  return json::format_document(json::object({{"schema", 1}, {"modules", report.modules}, {"written", report.written}}));
}

void tell(Session& session, const tasks::IntegrationReport& report) {
  if (session.global.json) return session.console.print(as_json(report));
  for (const auto& name : report.written) session.console.print(name + "\n");
  if (session.console.options().verbosity == Verbosity::kQuiet) return;
  session.console.say(fmt::format("{} modules: {} files written", report.modules, report.written.size()));
}

Action integrate(const std::string& system, const std::shared_ptr<tasks::IntegrationOptions>& options) {
  return [options, system](Session& session) -> Result<int> {
    ProofTalk talk(session);
    MODTOOL_TRY(const auto report, tasks::write_integration(session.context, system, *options, talk));
    tell(session, report);
    return kSuccess;
  };
}

Action configure_cmake(FlagSet& set) {
  auto options = std::make_shared<tasks::IntegrationOptions>();
  auto is_configured = std::make_shared<bool>(false);
  add_source_flag(set, options->mod);
  set.add_option("-B,--build-dir", options->build_directory,
                 "a build directory: modules that are built from a copy get theirs there")
      .value("DIR");
  set.add_switch("--configured", *is_configured,
                 "only note what libraries have left in their copies, once CMake has configured");
  return [write = integrate("cmake", options), options, is_configured](Session& session) -> Result<int> {
    if (!*is_configured) return write(session);
    if (options->build_directory.empty()) return fail(Code::kUsage, "`--configured` needs the build directory: -B DIR");
    MODTOOL_CHECK(tasks::record_copies(session.context, options->build_directory));
    return kSuccess;
  };
}

Action configure_meson(FlagSet& set) {
  auto options = std::make_shared<tasks::IntegrationOptions>();
  add_source_flag(set, options->mod);
  return integrate("meson", options);
}

constexpr std::string_view kGroup = "build";

}  // namespace

constinit const Command kBuildCommand = {
    .name = "build",
    .group = kGroup,
    .summary = "prove the sources, then build with CMake, Meson or go; what is behind -- goes to the tool",
    .example = "modtool build app -- --verbose",
    .configure = configure_build,
    .passes_on = true,
};

constinit const Command kTestCommand = {
    .name = "test",
    .group = kGroup,
    .summary = "build the project and run its tests; what is behind -- goes to ctest, meson test or go test",
    .example = "modtool test -- -R parser",
    .configure = configure_test,
    .passes_on = true,
};

constinit const Command kRunCommand = {
    .name = "run",
    .group = kGroup,
    .summary = "build a program of the project and run it, with the arguments behind --",
    .example = "modtool run app -- --help",
    .configure = configure_run,
    .passes_on = true,
};

constinit const Command kCMakeCommand = {
    .name = "cmake",
    .group = kGroup,
    .summary = "write only the files in .modtool/ that let CMake find the modules",
    .example = "modtool cmake && cmake --preset modtool",
    .configure = configure_cmake,
};

constinit const Command kMesonCommand = {
    .name = "meson",
    .group = kGroup,
    .summary = "write only the wraps in subprojects/ that let Meson find the modules",
    .example = "modtool meson && meson setup build",
    .configure = configure_meson,
};

}  // namespace modtool::cli
