#include "core/io/process.hpp"

#include <doctest/doctest.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Run {
  std::string script;  // for sh
  std::string input = {};
  ChildLimits limits = {};
  std::vector<std::string> environment = {};
};

Result<ChildResult> run(const Run& child, const Cancellation& cancellation = {}) {
  return run_child({"/bin/sh", "-c", child.script}, child.environment, child.input, child.limits, cancellation);
}

// Whether the process has ended, waiting for it a little; nobody may have buried it yet (state Z).
bool ends(const std::string& id) {
  for (int i = 0; i < 500; ++i) {
    const auto state = disk().read("/proc/" + id + "/stat").or_nothing();
    if (!state || state->find(") Z ") != std::string::npos) return true;
    std::this_thread::sleep_for(milliseconds(10));
  }
  return false;
}

}  // namespace

TEST_CASE("a child's output and exit status are kept apart") {
  const ChildResult result = REQUIRE_OK(run({.script = "echo out; echo err >&2; exit 3"}));
  CHECK(result.status == 3);
  CHECK(result.out == "out\n");
  CHECK(result.err == "err\n");
  CHECK(!result.timed_out);
}

TEST_CASE("a child reads its input, however long, and may leave it") {
  const std::string input(3 << 20, 'x');
  CHECK(REQUIRE_OK(run({.script = "/bin/cat", .input = input})).out == input);
  CHECK(REQUIRE_OK(run({.script = "exit 0", .input = input})).status == 0);
  CHECK(REQUIRE_OK(run({.script = "/bin/cat"})).out.empty());
}

TEST_CASE("a child sees only the environment it is given") {
  ::setenv("MODTOOL_TEST_SECRET", "s", 1);
  const ChildResult result = REQUIRE_OK(run({.script = "/usr/bin/env", .environment = {"A=1", "B=two words"}}));
  CHECK(result.out.find("A=1\nB=two words\n") != std::string::npos);
  CHECK(result.out.find("MODTOOL_TEST_SECRET") == std::string::npos);
}

TEST_CASE("a child inherits no descriptors") {
  const ChildResult result = REQUIRE_OK(run({.script = "echo /proc/self/fd/*"}));
  CHECK(split_fields(result.out).size() <= 4);  // the three, and the shell's own for the list
}

TEST_CASE("an end by a signal is told as shells tell it") {
  CHECK(REQUIRE_OK(run({.script = "kill -SEGV $$"})).status == 128 + SIGSEGV);
}

TEST_CASE("a program that cannot be run is an error") {
  const Cancellation cancellation;
  CHECK_ERROR(run_child({"/no/such/program"}, {}, "", {}, cancellation), Code::kChildFailed,
              "fork/exec /no/such/program: no such file or directory");
  CHECK_ERROR(run_child({"/etc/passwd"}, {}, "", {}, cancellation), Code::kChildFailed, "permission denied");
  CHECK_ERROR(run_child({}, {}, "", {}, cancellation), Code::kChildFailed, "no program");
}

TEST_CASE("a child over its time is ended with all its children") {
  const auto begin = std::chrono::steady_clock::now();
  const ChildResult result = REQUIRE_OK(run(
      {.script = "sleep 100 & echo $!; wait", .limits = {.time = milliseconds(100)}, .environment = {"PATH=/bin"}}));
  CHECK(result.timed_out);
  CHECK(result.status == 128 + SIGKILL);
  CHECK(ends(std::string(trim(result.out))));
  CHECK(std::chrono::steady_clock::now() - begin < seconds(20));
}

TEST_CASE("a grandchild that holds the pipes does not hold the run") {
  const auto begin = std::chrono::steady_clock::now();
  const ChildResult result = REQUIRE_OK(run({.script = "sleep 100 & echo $!", .environment = {"PATH=/bin"}}));
  CHECK(result.status == 0);
  CHECK(ends(std::string(trim(result.out))));
  CHECK(std::chrono::steady_clock::now() - begin < seconds(20));
}

TEST_CASE("what a child started outlives it only where that is asked for") {
  for (const bool spare : {false, true}) {
    const auto result =
        REQUIRE_OK(run({.script = "sleep 30 >/dev/null 2>&1 & echo $!", .limits = {.spare_descendants = spare}}));
    const std::string id(trim(result.out));
    if (!spare) {
      CHECK(ends(id));
      continue;
    }
    CHECK(::kill(std::stoi(id), 0) == 0);
    ::kill(std::stoi(id), SIGKILL);
  }
}

TEST_CASE("a child is heard while it works") {
  std::string heard;
  Cancellation cancellation;
  const auto hear = [&](std::string_view piece) {
    heard += piece;
    cancellation.request(Code::kInterrupted);
  };
  CHECK_ERROR(run_child({"/bin/sh", "-c", "echo working >&2; sleep 30"}, {}, "", {}, cancellation, hear),
              Code::kInterrupted, "");
  CHECK(heard == "working\n");
}

TEST_CASE("cancelling the run ends the child") {
  const test::TempDirectory directory;
  Cancellation cancellation;
  const std::jthread interrupter([&] {
    while (!test::is_there(disk(), directory / "started")) std::this_thread::sleep_for(milliseconds(5));
    cancellation.request(Code::kInterrupted);
  });
  CHECK_ERROR(run({.script = ">" + (directory / "started") + "; exec /bin/sleep 100"}, cancellation),
              Code::kInterrupted, "interrupted");
  Cancellation late;
  late.set_deadline(std::chrono::steady_clock::now() + milliseconds(50));
  CHECK_ERROR(run({.script = "exec /bin/sleep 100"}, late), Code::kTimeout, "");
}

TEST_CASE("a child's memory is limited") {
  const Run greedy{.script = "x=xxxxxxxxxxxxxxxx; while :; do x=$x$x; done",
                   .limits = {.time = seconds(60), .memory = 64UL << 20}};
  const ChildResult result = REQUIRE_OK(run(greedy));
  CHECK(result.status != 0);
  CHECK(!result.timed_out);
}

TEST_CASE("output over the limit is dropped, and of errors the end is kept") {
  const std::string script = "/usr/bin/head -c 300000 /dev/zero; /usr/bin/head -c 300000 /dev/zero >&2; echo end >&2";
  const ChildResult result = REQUIRE_OK(run({.script = script, .limits = {.output = 1000}}));
  CHECK(result.status == 0);
  CHECK(result.out.size() == 1000);
  CHECK(result.err.size() == 64UL * 1024);
  CHECK(result.err.ends_with("end\n"));
}

TEST_CASE("children run side by side on several threads") {
  std::vector<std::jthread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&right, i] {
      const auto result = run({.script = "echo " + std::to_string(i) + "; exit " + std::to_string(i)});
      if (result && result->status == i && result->out == std::to_string(i) + "\n") ++right;
    });
  }
  threads.clear();
  CHECK(right == 8);
}

TEST_CASE("the running program knows where it is") {
  CHECK(is_absolute(own_executable()));
  CHECK(test::is_there(disk(), own_executable()));
}

}  // namespace modtool::io
