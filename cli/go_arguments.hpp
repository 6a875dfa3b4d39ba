// The command line of the drop-in face, read as the go command reads its own (https://pkg.go.dev/flag): one dash or
// two, values behind `=` or in the next word, flags only before the first word that is none.
#pragma once

#include <string>
#include <vector>

#include "cli/flags.hpp"
#include "core/base/result.hpp"

namespace modtool::cli {

struct GoArguments {
  std::string directory;           // of -C, which counts only in front of all other flags
  std::vector<std::string> flags;  // "--name=value", each name once: the last of it
  std::vector<std::string> rest;   // what is behind the flags
  std::string problem;             // Go's words for the first wrong flag; empty where there is none
  bool asks_for_help = false;
};

// Code::kBadSetting where GOFLAGS holds a flag that none of Go's commands has.
Result<void> check_go_flags(const std::vector<std::string>& go_flags);

// `set` has the command's flags under their long names. `go_flags` are the words of GOFLAGS: those that the command
// knows come first, the others are for other commands. Values of flags that take any text are not judged.
GoArguments read_go_arguments(const FlagSet& set, const std::vector<std::string>& words,
                              const std::vector<std::string>& go_flags);

}  // namespace modtool::cli
