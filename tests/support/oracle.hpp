// Programs that tests compare modtool with. Where one is absent the test says so and passes;
// MODTOOL_REQUIRE_ORACLE=1 makes that a failure.
#pragma once

#include <string>

#include "tests/support/temp_directory.hpp"

namespace modtool::test {

struct ShellResult {
  int status = 0;      // exit status
  std::string output;  // standard output and error
};

// Runs a script in sh, in the environment of the test.
ShellResult run_shell(const std::string& script);

// Whether the program is installed: `if (!has_oracle("go")) return;`.
bool has_oracle(const std::string& program);

// A Go program that answers with Go's own packages for modules (golang.org/x/mod), built with the copy of them in the
// source tree of the installed go.
class ModOracle {
 public:
  // `source` is a file in tests/support.
  explicit ModOracle(const std::string& source);
  // What the program prints, given the request on standard input.
  std::string ask(const std::string& request) const;

 private:
  TempDirectory temp_;
};

}  // namespace modtool::test
