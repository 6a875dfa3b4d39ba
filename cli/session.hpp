// What a running command works with: what the engine gets, and beside it what is for people alone. Only commands and
// what starts them name it.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "cli/console.hpp"
#include "cli/reporters.hpp"
#include "cli/typed_command.hpp"
#include "core/engine/context.hpp"

namespace modtool::cli {

// The flags that every command has, beside those that are settings.
struct GlobalOptions {
  bool json = false;
  bool trace = false;                  // -x: print each request over the network, and each command
  std::size_t jobs = 0;                // 0: one for each processor
  std::vector<std::string> passed_on;  // what stands behind `--`, of commands that pass it on
};

// All of it outlives the command.
struct Session {
  Console& console;
  const GlobalOptions& global;
  FaceReporter& reporter;
  const engine::Context& context;
  const TypedCommand& typed;
};

// Whether nothing but errors and what was asked for is to be said.
inline bool is_quiet(const Session& session) { return session.console.options().verbosity == Verbosity::kQuiet; }

}  // namespace modtool::cli
