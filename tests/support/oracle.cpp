#include "tests/support/oracle.hpp"

#include <doctest/doctest.h>
#include <sys/wait.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
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

ModOracle::ModOracle(const std::string& source) {
  const auto built = run_shell("set -e; cd " + temp_.path() +
                               "\nexport GOPROXY=off GOWORK=off GOFLAGS=-mod=mod GOTOOLCHAIN=local\n"
                               "mkdir mod && cp -r \"$(go env GOROOT)\"/src/cmd/vendor/golang.org/x/mod/* mod/\n"
                               "printf 'module golang.org/x/mod\\ngo 1.25\\n' >mod/go.mod\n"
                               "printf 'module oracle\\ngo 1.25\\nrequire golang.org/x/mod v0.0.0\\n"
                               "replace golang.org/x/mod => ./mod\\n' >go.mod\n"
                               "cp " MODTOOL_SOURCE_DIR "/tests/support/" +
                               source + " main.go\ngo build -o oracle main.go");
  REQUIRE_MESSAGE(built.status == 0, built.output);
}

std::string ModOracle::ask(const std::string& request) const {
  std::ofstream(temp_ / "request", std::ios::binary) << request;
  const auto answered = run_shell(temp_ / "oracle <" + (temp_ / "request"));
  REQUIRE(answered.status == 0);
  return answered.output;
}

}  // namespace modtool::test
