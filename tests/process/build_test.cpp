// A build tool below modtool: it writes to what modtool writes to, and ends with it.
#include <doctest/doctest.h>
#include <signal.h>

#include <filesystem>

#include "tests/process/running_program.hpp"
#include "tests/support/files.hpp"
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

  std::string read(const std::string& name) const { return read_file(directory_ / name); }

 private:
  void write(const std::string& name, const std::string& text) const { write_file(directory_ / name, text); }

  TempDirectory directory_;
};

// A project that is built by a "CMake" which writes down when it begins and ends, and ends when there is no file
// `hold`.
class HeldProject {
 public:
  HeldProject() {
    std::filesystem::create_directories(directory_ / "bin");
    write("modtool.json", R"({"schema": 1, "module": "example.com/m"})");
    write("CMakeLists.txt", "");
    write("bin/cmake",
          "#!/bin/sh\n"
          "test \"$1\" = --version && echo cmake version 3.30.0 && exit\n"
          "case $* in *--build*) ;; *) echo >build/modtool/CMakeCache.txt; exit;; esac\n"
          "echo begin >>log; while test -e hold; do sleep 0.02; done; sleep 0.05; echo end >>log\n");
    std::filesystem::permissions(directory_ / "bin/cmake", std::filesystem::perms::owner_all);
    CHECK(RunningProgram(start({"tidy"})).wait().status == 0);
  }

  Start start(const std::vector<std::string>& words) const {
    Start start{.command = {MODTOOL_PROGRAM},
                .directory = directory_.path(),
                .environment = {{"PATH", directory_ / "bin:/usr/bin:/bin"}, {"HOME", directory_.path()}}};
    start.command.insert(start.command.end(), words.begin(), words.end());
    return start;
  }

  void write(const std::string& name, const std::string& text) const { write_file(directory_ / name, text); }
  std::string read(const std::string& name) const { return read_file(directory_ / name); }
  void hold() const { write("hold", ""); }
  void let_go() const { std::filesystem::remove(directory_ / "hold"); }
  std::string waiting() const { return "waiting for another build in " + (directory_ / "build/modtool") + "\n"; }
  const TempDirectory& directory() const { return directory_; }

 private:
  TempDirectory directory_;
};

// A build that has begun, and goes on until its project lets it go.
struct HeldBuild {
  HeldProject project;
  RunningProgram first{start()};

  HeldBuild() {
    wait_until([&] { return project.read("log") == "begin\n"; });
  }

 private:
  Start start() const {
    project.hold();
    return project.start({"build"});
  }
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

TEST_CASE("a build waits for another one in its directory, and says so") {
  HeldBuild build;
  auto& project = build.project;
  auto& first = build.first;
  RunningProgram second(project.start({"build"}));
  wait_until([&] { return second.err_so_far().contains(project.waiting()); });
  CHECK(project.read("log") == "begin\n");
  project.let_go();
  CHECK(first.wait().status == 0);
  const auto outcome = second.wait();
  CHECK(outcome.status == 0);
  CHECK(outcome.err == project.waiting());
  CHECK(project.read("log") == "begin\nend\nbegin\nend\n");
}

TEST_CASE("a build that had to wait proves the sources anew") {
  HeldBuild build;
  auto& project = build.project;
  auto& first = build.first;
  RunningProgram second(project.start({"build"}));
  wait_until([&] { return second.err_so_far().contains("waiting"); });
  project.write("modtool.json",
                R"({"schema": 1, "module": "example.com/m", "require": {"git.example.com/a/b": "v1.0.0"}})");
  project.let_go();
  CHECK(first.wait().status == 0);
  CHECK(second.wait().status == 3);
  CHECK(project.read("log") == "begin\nend\n");
}

TEST_CASE("Ctrl-C ends a build that waits for another one") {
  HeldBuild build;
  auto& project = build.project;
  auto& first = build.first;
  RunningProgram second(project.start({"build"}));
  wait_until([&] { return second.err_so_far().contains("waiting"); });
  second.send(SIGINT);
  CHECK(second.wait().status == 130);
  project.let_go();
  CHECK(first.wait().status == 0);
}

TEST_CASE("a build that was killed keeps nobody waiting") {
  HeldBuild build;
  auto& project = build.project;
  auto& first = build.first;
  first.send(SIGKILL);
  first.wait();
  project.let_go();
  const auto outcome = RunningProgram(project.start({"build"})).wait();
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
}

TEST_CASE("what a build tool starts may build in the same directory") {
  const HeldProject project;
  const std::string nested = "test -e nested || { echo >nested; exec " MODTOOL_PROGRAM " build; }\n";
  project.write("bin/cmake", project.read("bin/cmake") + nested);
  const auto outcome = RunningProgram(project.start({"build"})).wait();
  CHECK(outcome.status == 0);
  CHECK(outcome.err.empty());
  CHECK(project.read("log") == "begin\nend\nbegin\nend\n");
}
