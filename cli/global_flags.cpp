#include "cli/global_flags.hpp"

namespace modtool::cli {
namespace {

constexpr const char* kGroup = "Global flags";

void add_switch(FlagSet& set, const std::string& names, bool& value, const std::string& meaning) {
  set.add_switch(names, value, meaning).takes_no_value().group(kGroup);
}

}  // namespace

void add_global_flags(FlagSet& set, GlobalFlags& flags) {
  set.add_option("-C", flags.directory, "run as if started in DIR").value("DIR").group(kGroup);
  set.add_option("--dialect", flags.dialect, "go (go.mod) or native (modtool.json), where a directory has both")
      .value("NAME")
      .group(kGroup);
  add_switch(set, "--json", flags.json, "print the answer as JSON");
  add_switch(set, "--locked", flags.locked, "never write the manifest or the lock, and fail where that is needed");
  add_switch(set, "--offline", flags.offline, "fetch nothing; only the cache is read");
  add_switch(set, "--frozen", flags.frozen, "both --locked and --offline");
  add_switch(set, "-q,--quiet", flags.quiet, "errors only");
  add_switch(set, "-v,--verbose", flags.verbose, "say more: a line for each module");
  add_switch(set, "-x", flags.trace, "print each request over the network, and each program that is run");
  add_switch(set, "--no-progress", flags.no_progress, "no progress bar");
  set.add_option("-j,--jobs", flags.jobs, "work on N things at once").value("N").group(kGroup);
  set.add_option("--timeout", flags.timeout, "give up after that time, in seconds or as 90s, 5m, 1h (exit 124)")
      .value("TIME")
      .in_seconds()
      .check([](const std::string& text) { return text.starts_with('-') ? "not a time: " + text : std::string(); })
      .group(kGroup);
  set.add_option("--color", flags.color, "colours on standard error; auto: on a terminal, unless NO_COLOR is set")
      .value("")
      .choices({"auto", "always", "never"})
      .group(kGroup);
}

bool takes_value(std::string_view flag) {
  return flag == "-C" || flag == "--dialect" || flag == "-j" || flag == "--jobs" || flag == "--timeout" ||
         flag == "--color";
}

}  // namespace modtool::cli
