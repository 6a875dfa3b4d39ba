#include "cli/global_flags.hpp"

#include <CLI/CLI.hpp>

namespace modtool::cli {
namespace {

constexpr const char* kGroup = "Global flags";

void add_switch(CLI::App& app, const std::string& names, bool& value, const std::string& meaning) {
  app.add_flag(names, value, meaning)->disable_flag_override()->group(kGroup);
}

}  // namespace

void add_global_flags(CLI::App& app, GlobalFlags& flags) {
  app.add_option("-C", flags.directory, "run as if started in DIR")->type_name("DIR")->group(kGroup);
  app.add_option("--dialect", flags.dialect, "go (go.mod) or native (modtool.json), where a directory has both")
      ->type_name("NAME")
      ->group(kGroup);
  add_switch(app, "--json", flags.json, "print the answer as JSON");
  add_switch(app, "--locked", flags.locked, "never write the manifest or the lock, and fail where that is needed");
  add_switch(app, "--offline", flags.offline, "fetch nothing; only the cache is read");
  add_switch(app, "--frozen", flags.frozen, "both --locked and --offline");
  add_switch(app, "-q,--quiet", flags.quiet, "errors only");
  add_switch(app, "-v,--verbose", flags.verbose, "say more: a line for each module");
  add_switch(app, "-x", flags.trace, "print each request over the network, and each program that is run");
  add_switch(app, "--no-progress", flags.no_progress, "no progress bar");
  app.add_option("-j,--jobs", flags.jobs, "work on N things at once")->type_name("N")->group(kGroup);
  app.add_option("--timeout", flags.timeout, "give up after that many seconds (exit 124)")
      ->type_name("SECONDS")
      ->check([](const std::string& text) { return text.starts_with('-') ? "not a time: " + text : std::string(); })
      ->group(kGroup);
  app.add_option("--color", flags.color, "colours on standard error; auto: on a terminal, unless NO_COLOR is set")
      ->type_name("")
      ->check(CLI::IsMember({"auto", "always", "never"}))
      ->group(kGroup);
}

bool takes_value(std::string_view flag) {
  return flag == "-C" || flag == "--dialect" || flag == "-j" || flag == "--jobs" || flag == "--timeout" ||
         flag == "--color";
}

}  // namespace modtool::cli
