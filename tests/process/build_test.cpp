// A build tool below modtool: it writes to what modtool writes to, and ends with it.
#include <doctest/doctest.h>
#include <signal.h>

#include <fstream>
#include <sstream>

#include "tests/process/running_program.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool::test;

namespace {

// A project that is built by a shell script.
class ScriptedProject {
 public:
  explicit ScriptedProject(const std::string& script) {
    write("modtool.json",
          R"({"schema": 1, "module": "example.com/m", "build": {"system": "command", "command": ["sh", "build.sh"]}})");
    write("build.sh", script);
    CHECK(RunningProgram(start({"tidy"})).wait().status == 0);
  }

  Start start(const std::vector<std::string>& words) const {
    Start start{.command = {MODTOOL_PROGRAM},
                .directory = directory_.path(),
                .environment = {{"PATH", "/usr/bin:/bin"}, {"HOME", directory_.path()}, {"TERM", "xterm"}}};
    start.command.insert(start.command.end(), words.begin(), words.end());
    return start;
  }

  std::string read(const std::string& name) const {
    std::ifstream in(directory_ / name);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
  }

 private:
  void write(const std::string& name, const std::string& text) const { std::ofstream(directory_ / name) << text; }

  TempDirectory directory_;
};

bool is_running(const std::string& id) { return ::kill(std::stoi(id), 0) == 0; }

}  // namespace

TEST_CASE("Ctrl-C reaches the build tool and what it started, and waits for them to tidy up") {
  const ScriptedProject project(
      "trap 'echo tidied; exit 1' INT\n"
      "sleep 1000 & echo $! >started\n"
      "while :; do sleep 0.05; done\n");
  RunningProgram program(project.start({"build"}));
  wait_until([&] { return project.read("started").ends_with('\n'); });
  program.send(SIGINT);
  const auto outcome = program.wait();
  CHECK(outcome.status == 130);
  CHECK(outcome.out == "tidied\n");
  CHECK(outcome.err.contains("error[MT9002]: "));
  wait_until([&] { return !is_running(project.read("started")); });
}

TEST_CASE("--timeout ends a build tool that does not want to end") {
  const ScriptedProject project("trap '' INT TERM\nwhile :; do sleep 0.05; done\n");
  CHECK(RunningProgram(project.start({"build", "--timeout", "0.5"})).wait().status == 124);
}

TEST_CASE("a build tool writes to a terminal where modtool does, and only there") {
  const ScriptedProject project(
      "test -t 1 && echo terminal || echo file\n"
      "test -t 2 && printf '\\033[1mterminal\\n' >&2 || echo file >&2\n");
  auto start = project.start({"build"});
  CHECK(RunningProgram(start).wait().err == "file\n");
  start.on_terminal = true;
  const auto outcome = RunningProgram(start).wait();
  CHECK(outcome.out == "file\n");
  CHECK(outcome.err == "\033[1mterminal\r\n");  // as the terminal shows a line feed
}
