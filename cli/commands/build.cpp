#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "cli/commands/commands.hpp"
#include "cli/exit_code.hpp"
#include "cli/operations/build.hpp"

namespace modtool::cli {
namespace {

using Options = std::shared_ptr<BuildOptions>;

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

Task task_for(const Options& options) {
  return [options](Session& session) { return build_project(session, *options); };
}

Task configure_build(FlagSet& set) {
  auto options = std::make_shared<BuildOptions>(BuildOptions{.verb = BuildVerb::kBuild});
  set.add_argument("TARGET", options->targets, "what to build: targets of CMake or Meson, packages of Go");
  add_flags(set, options);
  return task_for(options);
}

Task configure_test(FlagSet& set) {
  auto options = std::make_shared<BuildOptions>(BuildOptions{.verb = BuildVerb::kTest});
  set.add_argument("TARGET", options->targets, "what to build first: targets of CMake or Meson; or packages of Go");
  add_flags(set, options);
  return task_for(options);
}

Task configure_run(FlagSet& set) {
  auto options = std::make_shared<BuildOptions>(BuildOptions{.verb = BuildVerb::kRun});
  set.add_argument("TARGET", options->targets, "a target of CMake or Meson, or a package of Go").required().one_value();
  add_flags(set, options);
  return task_for(options);
}

std::string as_json(const IntegrationReport& report) {
  const nlohmann::ordered_json json = {{"schema", 1}, {"modules", report.modules}, {"written", report.written}};
  return json.dump(2) + "\n";
}

void tell(Session& session, const IntegrationReport& report) {
  if (session.global.json) return session.console.print(as_json(report));
  for (const auto& name : report.written) session.console.print(name + "\n");
  if (session.console.options().verbosity == Verbosity::kQuiet) return;
  session.console.say(fmt::format("{} modules: {} files written", report.modules, report.written.size()));
}

Task configure_integration(FlagSet& set, const std::string& system) {
  auto mod = std::make_shared<std::string>();
  add_source_flag(set, *mod);
  return [mod, system](Session& session) -> Result<int> {
    MODTOOL_TRY(const auto report, write_integration(session, system, *mod));
    tell(session, report);
    return kSuccess;
  };
}

Task configure_cmake(FlagSet& set) { return configure_integration(set, "cmake"); }
Task configure_meson(FlagSet& set) { return configure_integration(set, "meson"); }

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
