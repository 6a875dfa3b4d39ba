// The flags that every command has, as they are typed.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/flags.hpp"

namespace modtool::cli {

struct GlobalFlags {
  std::string directory;
  std::string dialect;
  std::string overlay;  // the drop-in face's -overlay
  bool json = false;
  bool offline = false;
  bool locked = false;
  bool frozen = false;
  bool quiet = false;
  bool verbose = false;
  bool trace = false;
  bool no_progress = false;
  std::size_t jobs = 0;
  double timeout = 0;  // seconds; 0 is none
  std::string color = "auto";
  std::vector<std::string> passed_on;  // behind `--`
};

void add_global_flags(FlagSet& set, GlobalFlags& flags);

// Whether a flag takes the next word, where it stands before the command.
bool takes_value(std::string_view flag);

}  // namespace modtool::cli
