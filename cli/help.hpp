// The words of --help and of usage errors.
#pragma once

#include <string>
#include <vector>

#include "cli/command.hpp"
#include "cli/console.hpp"
#include "cli/flags.hpp"

namespace modtool::cli {

// `modtool`, `modtool --help`, `modtool mod --help`, `modtool --version`, or a command that does not exist; gives the
// exit status.
int run_without_command(Console& console, const std::vector<std::string>& arguments);

std::string command_help(const Command& command, const FlagSet& set);
// "unknown flag `--formt`; did you mean `--format`?"
Error flag_problem(const Command& command, const FlagSet& set, const FlagProblem& problem);

// The drop-in face: what `--help` says (`-h` and `-help` say what go says), and Go's words.
std::string go_face_help(const Command& command);
std::string go_usage_text(const Command& command);

}  // namespace modtool::cli
