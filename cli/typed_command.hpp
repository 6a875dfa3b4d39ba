// What was typed, for fixes that are to be typed in its place.
#pragma once

#include <string>
#include <vector>

#include "core/base/error.hpp"
#include "core/base/fix.hpp"

namespace modtool::cli {

struct TypedCommand {
  std::string verb;                             // of the command: "graph"
  std::string directory;                        // of -C, as it was typed; empty: none
  std::vector<std::vector<std::string>> flags;  // FlagSet::given, without -C
  std::vector<std::string> arguments;           // words that stand behind no flag
  std::vector<std::string> passed_on = {};      // words behind `--`

  // The fix as it is to be shown: for the directory, and where it is the command again, with the flags that it does not
  // have itself and the other arguments.
  Fix complete(Fix fix) const;
  // The same for an error with all that is told of it.
  Error complete(Error error) const;

 private:
  void keep_what_was_typed(FixCommand& command) const;
};

}  // namespace modtool::cli
