// Being ended: Ctrl-C, SIGTERM and --timeout end every wait and leave what was there before.
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/stat.h>

#include <cstdlib>
#include <filesystem>

#include "tests/process/sample_project.hpp"
#include "tests/support/files.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool::test;

namespace {

using Names = std::vector<std::string>;

const Names kNames = {"go.mod", "go.sum", "m.go", "modtool.sums", "vendor"};

// A proxy that has everything but answers no request for a zip.
LoopbackServer::Handler silent_about_zips(const SampleProject& project) {
  return [&project](const std::string& path) {
    if (path.ends_with(".zip")) return ServerReply{.never_replies = true};
    return ServerReply{.body = project.proxy_file(path)};
  };
}

bool was_asked_for_zip(const LoopbackServer& server) {
  for (const auto& request : server.requests()) {
    if (request.contains(".zip ")) return true;
  }
  return false;
}

// A lock that another process might hold.
class ForeignLock {
 public:
  explicit ForeignLock(const std::string& path) : file_(::open(path.c_str(), O_RDONLY | O_CREAT | O_CLOEXEC, 0666)) {
    if (file_.get() < 0) file_ = modtool::io::Descriptor(::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
    REQUIRE(::flock(file_.get(), LOCK_EX | LOCK_NB) == 0);
  }

 private:
  modtool::io::Descriptor file_;
};

void check_left_as_it_was(const SampleProject& project) {
  CHECK(project.is_unchanged());
  CHECK(project.names() == kNames);
  CHECK(project.unfinished_in_cache() == Names{});
}

}  // namespace

TEST_CASE("a signal ends the wait for a server, and leaves the old state") {
  struct Row {
    const char* name;
    std::vector<std::string> words;
    int signal;
    int status;
    const char* text;
  };
  const Row rows[] = {
      {"Ctrl-C", {"vendor"}, SIGINT, 130, "error[MT9002]: "},
      {"SIGTERM", {"vendor"}, SIGTERM, 143, "error[MT9003]: "},
      {"SIGHUP", {"vendor", "--sums-only"}, SIGHUP, 143, "error[MT9003]: "},
      {"Ctrl-C on the drop-in face", {"mod", "vendor"}, SIGINT, 130, "go: "},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    const SampleProject project;
    const LoopbackServer server(silent_about_zips(project));
    RunningProgram program(project.start(row.words, server.url()));
    wait_until([&] { return was_asked_for_zip(server); });
    program.send(row.signal);
    const auto outcome = program.wait();
    CHECK(outcome.status == row.status);
    CHECK(outcome.err.contains(row.text));
    check_left_as_it_was(project);
  }
}

TEST_CASE("--timeout ends the wait for a server, and leaves the old state") {
  const SampleProject project;
  const LoopbackServer server(silent_about_zips(project));
  const auto outcome = RunningProgram(project.start({"vendor", "--timeout", "0.4"}, server.url())).wait();
  CHECK(outcome.status == 124);
  CHECK(outcome.err.contains("error[MT9004]: the time given with --timeout is over"));
  check_left_as_it_was(project);
}

TEST_CASE("the wait for a lock that another process holds ends with the time, and with Ctrl-C") {
  const SampleProject project;
  const std::string cached = project.cache() + "/cache/download/example.com/a/@v";
  std::filesystem::create_directories(cached);
  struct Row {
    const char* name;
    std::string lock;
  };
  for (const auto& row : {Row{"of a module in the cache", cached + "/v1.0.0.lock"},
                          Row{"of the directory that holds vendor/", project.root()}}) {
    CAPTURE(row.name);
    {
      const ForeignLock lock(row.lock);
      const auto late = RunningProgram(project.start({"vendor", "--timeout", "0.4"}, project.file_proxy())).wait();
      CHECK(late.status == 124);
      check_left_as_it_was(project);

      RunningProgram program(project.start({"vendor"}, project.file_proxy()));
      wait_until([&] { return program.has_open(row.lock); });
      program.send(SIGINT);
      CHECK(program.wait().status == 130);
      check_left_as_it_was(project);
    }
  }
  // With the lock free, the same command succeeds.
  CHECK(RunningProgram(project.start({"vendor"}, project.file_proxy())).wait().status == 0);
  CHECK(!project.is_unchanged());
}

TEST_CASE("whenever Ctrl-C comes, vendor/ is the old one or the new one, and nothing else is left") {
  int interrupted = 0;
  for (int delay = 2; delay < 200; delay += 11) {
    CAPTURE(delay);
    const SampleProject project(400);
    RunningProgram program(project.start({"vendor"}, project.file_proxy()));
    std::this_thread::sleep_for(std::chrono::milliseconds(delay));
    program.send(SIGINT);
    const auto outcome = program.wait();
    if (outcome.status == 130) ++interrupted;
    const bool before_the_handler = outcome.status == 128 + SIGINT;
    CHECK((outcome.status == 0 || outcome.status == 130 || before_the_handler));
    CHECK(project.is_unchanged() == (outcome.status != 0));
    CHECK(project.names() == kNames);
    CHECK(project.unfinished_in_cache() == Names{});
  }
  CHECK(interrupted > 0);
}

namespace {

int status_of(const std::string& command) {
  const int status = std::system(command.c_str());
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

// A manifest of that size takes seconds in a build for tests, and nothing of it asks whether to go on.
TEST_CASE("Ctrl-C and --timeout end what only computes") {
  const TempDirectory place;
  std::string manifest = R"({"schema": 1, "module": "example.com/app", "require": {"example.com/m": "v1.0.0")";
  for (int i = 0; i < 100'000; ++i) manifest += fmt::format(",\n\"example.com/m{}\": \"v1.0.0\"", i);
  write_file(place / "modtool.json", manifest + "}}");
  const auto start = [&](const std::vector<std::string>& flags) {
    std::vector<std::string> command = {MODTOOL_PROGRAM, "edit", "--print"};
    command.insert(command.end(), flags.begin(), flags.end());
    return Start{.command = command, .directory = place.path(), .environment = {{"HOME", place.path()}}};
  };

  RunningProgram program(start({}));
  std::this_thread::sleep_for(std::chrono::milliseconds(30));
  program.send(SIGINT);
  const auto interrupted = program.wait();
  const bool before_the_handler = interrupted.status == 128 + SIGINT && interrupted.err.empty();
  CHECK((before_the_handler || (interrupted.status == 130 && interrupted.err.contains("interrupted"))));
  CHECK(interrupted.out == "");

  const auto late = RunningProgram(start({"--timeout", "0.05"})).wait();
  CHECK(late.status == 124);
  CHECK(late.err.contains("the time given with --timeout is over"));
  CHECK(late.out == "");
}

TEST_CASE("a pipe to which nobody writes keeps no command from ending") {
  const TempDirectory place;
  const auto pipe = place / "base";
  REQUIRE(::mkfifo(pipe.c_str(), 0666) == 0);
  const Start start{.command = {MODTOOL_PROGRAM, "merge-driver", pipe, pipe, pipe, "go.mod"},
                    .directory = place.path(),
                    .environment = {{"HOME", place.path()}}};
  std::vector<std::string> limited = start.command;
  limited.insert(limited.end(), {"--timeout", "0.1"});
  CHECK(
      RunningProgram({.command = limited, .directory = place.path(), .environment = start.environment}).wait().status ==
      124);

  RunningProgram program(start);
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  program.send(SIGTERM);
  const auto outcome = program.wait();
  const bool before_the_handler = outcome.status == 128 + SIGTERM && outcome.err.empty();
  CHECK((before_the_handler || outcome.status == 143));
}

TEST_CASE("what could not be written to standard output is an error, a closed pipe is none") {
  const TempDirectory temp;
  const std::string modtool = MODTOOL_PROGRAM;
  const std::string errors = temp / "errors";
  for (const auto* command : {" --version", " schema", " explain MT4001", " help graph"}) {
    CHECK(status_of(modtool + command + " >/dev/full 2>" + errors) == 70);
    CHECK(read_file(errors).contains("write /dev/stdout: no space left on device"));
    CHECK(status_of(modtool + command + " >&- 2>" + errors) == 70);
    CHECK(read_file(errors).contains("write /dev/stdout: bad file descriptor"));
  }
  CHECK(status_of("(" + modtool + " schema; echo $? >" + errors + ") | true") == 0);
  CHECK(read_file(errors) == "0\n");
}
