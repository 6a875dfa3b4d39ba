// Programs that a script runs.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace modtool::test {

using Environment = std::map<std::string, std::string>;

struct Outcome {
  int status = 0;  // exit status; 128 + signal where a signal ended it; 127 where it could not be started
  std::string out;
  std::string err;
};

// Runs a program and waits. Its first word is looked up in the PATH of `environment`.
Outcome run_program(const std::vector<std::string>& command, const std::string& directory,
                    const Environment& environment, const std::string& input);

}  // namespace modtool::test
