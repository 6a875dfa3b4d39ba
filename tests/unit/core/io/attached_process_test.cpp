#include "core/io/attached_process.hpp"

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {
namespace {

struct Output {
  std::string out;
  std::string err;

  OutputSink sink() {
    return [this](OutputStream stream, std::string_view bytes) { (stream == OutputStream::kOut ? out : err) += bytes; };
  }
};

Program shell(const std::string& script, const std::string& directory = "/") {
  return {.command = {"/bin/sh", "-c", script},
          .environment = {"PATH=/bin:/usr/bin", "NAME=value"},
          .directory = directory};
}

}  // namespace

TEST_CASE("a program's output is handed on, its status given") {
  const test::TempDirectory directory;
  Output output;
  const Cancellation cancellation;
  const auto run = [&](const std::string& script) {
    return run_relayed(shell(script, directory.path()), output.sink(), cancellation);
  };
  CHECK(REQUIRE_OK(run("echo out; echo err >&2; echo $NAME; pwd; exit 3")) == 3);
  // Where this test's own two streams are one file, so are the program's.
  const std::string all = output.out + output.err;
  CHECK(all.contains("out\n"));
  CHECK(all.contains("err\n"));
  CHECK(all.contains("value\n"));
  CHECK(all.contains(directory.path() + "\n"));
  CHECK(REQUIRE_OK(run("kill -9 $$")) == 137);
  CHECK(REQUIRE_OK(run("read line; test -z \"$line\"")) == 0);
}

TEST_CASE("long output comes through whole") {
  Output output;
  const Cancellation cancellation;
  CHECK(REQUIRE_OK(run_relayed(shell("i=0; while [ $i -lt 20000 ]; do echo 0123456789; i=$((i+1)); done"),
                               output.sink(), cancellation)) == 0);
  CHECK(output.out.size() == 20000 * 11);
}

TEST_CASE("a cancelled run lets its program tidy up, and ends it if it does not") {
  for (const auto* script : {"trap 'echo tidied; exit 1' INT; echo ready; while :; do sleep 0.05; done",
                             "trap '' INT; echo ready; while :; do sleep 0.05; done"}) {
    CAPTURE(script);
    Output output;
    Cancellation cancellation;
    const auto sink = [&](OutputStream stream, std::string_view bytes) {
      output.sink()(stream, bytes);
      if (bytes.contains("ready")) cancellation.request(Code::kInterrupted);
    };
    CHECK_ERROR(run_relayed(shell(script), sink, cancellation), Code::kInterrupted, "");
    CHECK(output.out.contains("tidied") == std::string_view(script).contains("tidied"));
  }
}

TEST_CASE("nothing is started for a cancelled run") {
  const test::TempDirectory directory;
  Cancellation cancellation;
  cancellation.request(Code::kTerminated);
  const auto program = shell("touch started", directory.path());
  CHECK_ERROR(run_relayed(program, nullptr, cancellation), Code::kTerminated, "");
  CHECK_ERROR(run_in_place(program, cancellation), Code::kTerminated, "");
  CHECK(!test::is_there(disk(), directory.path() + "/started"));
}

TEST_CASE("a program that cannot be started is an error") {
  const Cancellation cancellation;
  CHECK_ERROR(
      run_relayed({.command = {"/nowhere/program"}, .environment = {}, .directory = "/"}, nullptr, cancellation),
      Code::kChildFailed, "/nowhere/program");
  CHECK_ERROR(run_in_place({.command = {"/bin/sh"}, .environment = {}, .directory = "/nowhere"}, cancellation),
              Code::kChildFailed, "");
}

TEST_CASE("a program in the place of this one keeps its status") {
  const Cancellation cancellation;
  CHECK(REQUIRE_OK(run_in_place(shell("exit 5"), cancellation)) == 5);
  CHECK(REQUIRE_OK(run_in_place(shell("kill -15 $$"), cancellation)) == 143);
}

TEST_CASE("programs are found as a shell finds them") {
  const test::TempDirectory directory;
  const std::string first = directory.path() + "/first";
  const std::string second = directory.path() + "/second";
  for (const auto& folder : {first, second}) REQUIRE_OK(disk().make_directories(folder));
  REQUIRE_OK(disk().write_new(first + "/tool", "", 0644));  // not executable
  REQUIRE_OK(disk().make_directories(first + "/folder"));
  REQUIRE_OK(disk().write_new(second + "/tool", "", 0755));
  const std::string path = "relative::" + first + ":" + second;
  CHECK(find_program("tool", path) == second + "/tool");
  CHECK(find_program("folder", path).empty());
  CHECK(find_program("absent", path).empty());
  CHECK(find_program("./tool", path) == "./tool");
}

}  // namespace modtool::io
