// Telling how far a long work is: a bar on a terminal, a line for each module with -v, nothing with -q.
#include <doctest/doctest.h>

#include "tests/process/git_project.hpp"
#include "tests/process/sample_project.hpp"
#include "tests/support/cutting_relay.hpp"
#include "tests/support/git_daemon.hpp"

using namespace modtool::test;

namespace {

std::string talk_of(const SampleProject& project, const std::vector<std::string>& words, bool on_terminal) {
  auto start = project.start(words, project.file_proxy());
  start.on_terminal = on_terminal;
  start.environment["TERM"] = "xterm";
  const auto outcome = RunningProgram(start).wait();
  CHECK(outcome.status == 0);
  return outcome.err;
}

}  // namespace

TEST_CASE("a bar is drawn on a terminal and gone at the end") {
  const SampleProject project(50);
  struct Row {
    std::vector<std::string> words;
    const char* bar;
  };
  for (const auto& row : {Row{{"vendor"}, "\r\033[Kreading example.com/a@v1.0.0 (1)"},
                          Row{{"vendor", "--check"}, "\r\033[Kproving example.com/a@v1.0.0 (1)"},
                          Row{{"verify"}, "\r\033[K[########################] 1/1 hashing example.com/a@v1.0.0"},
                          Row{{"graph", "-o", "g.svg"}, "\r\033[Klaying out "}}) {
    CAPTURE(row.bar);
    const auto talk = talk_of(project, row.words, true);
    CAPTURE(talk);
    CHECK(talk.contains(row.bar));
    const auto last = talk.rfind("\r\033[K");
    REQUIRE(last != std::string::npos);
    CHECK(!talk.substr(last).contains("example.com/a@v1.0.0 ("));
    CHECK(!talk.substr(last).contains("laying out"));
  }
}

TEST_CASE("there is no bar in a file, with -q, --no-progress and -v") {
  const SampleProject project;
  CHECK(!talk_of(project, {"vendor"}, false).contains('\r'));
  CHECK(talk_of(project, {"vendor", "-q"}, true).empty());
  CHECK(!talk_of(project, {"vendor", "--no-progress"}, true).contains("\033[K"));
  CHECK(!talk_of(project, {"vendor", "-v"}, true).contains("\033[K"));
}

TEST_CASE("with -v there is a line for each module") {
  const SampleProject project;
  const auto vendor = talk_of(project, {"vendor", "-v"}, false);
  CHECK(vendor.contains("reading example.com/a@v1.0.0\n"));
  CHECK(vendor.contains("downloading example.com/a v1.0.0\n"));
  CHECK(talk_of(project, {"vendor", "--check", "-v"}, false).contains("proving example.com/a@v1.0.0\n"));
  CHECK(talk_of(project, {"verify", "-v"}, false).contains("hashing example.com/a@v1.0.0\n"));
  CHECK(talk_of(project, {"graph", "--format=svg", "-v"}, false).contains("laying out "));
}

TEST_CASE("fetching from Git tells the bytes that came, or with -v what is fetched, and with -x each request") {
  GitProject project;
  std::string noise;
  for (std::uint32_t i = 1; noise.size() < 400'000; i = i * 1664525 + 1013904223) noise += std::to_string(i);
  project.repository().git({"tag", "-f", "v1.0.0", project.repository().commit({{"a.c", {noise}}})});
  const GitDaemon daemon(project.base());
  CuttingRelay relay(daemon.port());
  relay.slow_down(std::chrono::milliseconds(10));
  const std::string url = "git://127.0.0.1:" + std::to_string(relay.port()) + "/";
  project.lead_to(url);
  const auto talk = [&](const std::vector<std::string>& words, bool on_terminal) {
    project.forget();
    auto start = project.start(words);
    start.on_terminal = on_terminal;
    const auto outcome = RunningProgram(start).wait();
    CHECK(outcome.status == 0);
    return outcome.err;
  };
  CHECK(talk({"tidy"}, true).contains(" MB of git://127.0.0.1:"));
  CHECK(!talk({"tidy"}, false).contains(" MB of "));
  CHECK(talk({"tidy", "-v"}, false).contains("fetching refs/tags/v1.0.0 of " + url + "owner/repo\n"));
  const auto traced = talk({"tidy", "-x"}, false);
  CHECK(traced.contains("# get " + url + "owner/repo\n"));
  CHECK(traced.contains("# get " + url + "owner/repo: OK ("));
}

TEST_CASE("NO_COLOR and --color decide over colours on a terminal") {
  const SampleProject project;
  auto start = project.start({"graph", "--focus", "nobody"}, project.file_proxy());
  start.on_terminal = true;
  start.environment["TERM"] = "xterm";
  CHECK(RunningProgram(start).wait().err.contains("\033[1;31merror[MT3003]:\033[0m"));
  start.environment["NO_COLOR"] = "1";
  CHECK(!RunningProgram(start).wait().err.contains("\033[1;31m"));
  start.command.emplace_back("--color=always");
  CHECK(RunningProgram(start).wait().err.contains("\033[1;31m"));
}
