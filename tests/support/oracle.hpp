// Programs that tests compare modtool with. Where one is absent the test says so and passes;
// MODTOOL_REQUIRE_ORACLE=1 makes that a failure.
#pragma once

#include <string>

namespace modtool::test {

struct ShellResult {
  int status = 0;      // exit status
  std::string output;  // standard output and error
};

// Runs a script in sh, in the environment of the test.
ShellResult run_shell(const std::string& script);

// Whether the program is installed: `if (!has_oracle("go")) return;`.
bool has_oracle(const std::string& program);

}  // namespace modtool::test
