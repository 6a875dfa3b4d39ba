#include "tests/support/oracle.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

namespace modtool::test {

ShellResult run_shell(const std::string& script) {
  FILE* const pipe = ::popen(("exec 2>&1\n" + script).c_str(), "re");
  REQUIRE(pipe != nullptr);
  ShellResult result;
  char buffer[1 << 16];
  while (const auto size = std::fread(buffer, 1, sizeof buffer, pipe)) result.output.append(buffer, size);
  const int status = ::pclose(pipe);
  result.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  return result;
}

bool has_oracle(const std::string& program) {
  if (run_shell("command -v " + program).status == 0) return true;
  const char* const required = std::getenv("MODTOOL_REQUIRE_ORACLE");
  const bool skip = required == nullptr || std::string_view(required) != "1";
  CHECK_MESSAGE(skip, program << " is not installed");
  if (skip) MESSAGE("skipped: " << program << " is not installed");
  return false;
}

}  // namespace modtool::test
