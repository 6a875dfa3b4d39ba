// From an argument list to an exit status.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/environment.hpp"
#include "core/base/cancellation.hpp"
#include "core/io/file_system.hpp"

namespace modtool::cli {

// What the test-only executable puts in the place of the released one's behaviour.
struct Hooks {
  std::string go_version;  // the Go to stand for; empty: settings.hpp's
};

// Everything a run takes from outside, so that a test can run any command in its own process.
struct Run {
  std::vector<std::string> arguments;  // without the program's name
  std::string directory;               // absolute: where relative paths start
  const Environment& environment;
  Console& console;
  io::FileSystem& files;
  Cancellation& cancellation;
  Hooks hooks;
  // Told how long the run may take, where --timeout says so; nullptr: nobody need know.
  void (*on_time_limit)(std::chrono::nanoseconds) = nullptr;
};

// Parses, runs, renders; gives the exit status.
int run(const Run& run);

// The same for the real process: its arguments, environment, signals and standard streams.
int run_process(int argc, char** argv, char** environment, const Hooks& hooks);

}  // namespace modtool::cli
