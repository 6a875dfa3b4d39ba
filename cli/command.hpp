// What a command is: its words, its flags and what it does. A command is one file in commands/ that exports one object;
// command_table.cpp lists them in order.
#pragma once

#include <functional>
#include <span>
#include <string_view>

#include "cli/flags.hpp"
#include "cli/session.hpp"

namespace modtool::cli {

// Runs a command whose flags were parsed; gives its exit status, or an error that the caller renders.
using Action = std::function<Result<int>(Session&)>;

enum class SettingsNeed {
  kGood,  // a bad one is an error
  kAny,   // it looks at what is wrong with them (Settings::problems)
  kNone,
};

struct Command {
  std::string_view name;     // "graph"; the drop-in face's have two words: "mod graph"
  std::string_view group;    // its heading in `modtool --help`
  std::string_view summary;  // one line
  std::string_view example;  // lines that can be typed, shown by --help
  // Adds the command's flags and gives what is to be run after parsing.
  Action (*configure)(FlagSet& set);
  // The drop-in face: flags with one dash, Go's words on standard error, exit status 1 for every failure.
  bool is_go_face = false;
  std::string_view go_usage = {};    // the drop-in face's usage line
  std::string_view go_refusal = {};  // and Go's words for arguments behind the flags
  // Whether what stands behind `--` is not its own but a program's (GlobalOptions::passed_on); on the drop-in face,
  // whether it takes what stands behind its flags.
  bool passes_on = false;
  // Whether it works with the settings of the environment: what explains a bad one must not fail because of it.
  SettingsNeed settings = SettingsNeed::kGood;
};

// All commands, in the order of the help.
std::span<const Command* const> all_commands();

}  // namespace modtool::cli
