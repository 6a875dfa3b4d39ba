// A program that runs while a test looks on.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <functional>
#include <string>
#include <thread>
#include <vector>

#include "core/io/system_call.hpp"
#include "tests/scripts/harness/run_program.hpp"

namespace modtool::test {

struct Start {
  std::vector<std::string> command;
  std::string directory;
  Environment environment;
  bool on_terminal = false;  // standard error is a terminal
};

// Started when it is made; killed, where it still runs, when it goes out of scope.
class RunningProgram {
 public:
  explicit RunningProgram(const Start& start);
  ~RunningProgram();
  RunningProgram(const RunningProgram&) = delete;
  RunningProgram& operator=(const RunningProgram&) = delete;

  void send(int signal) const;
  // Whether it has a file or directory open: the path without links.
  bool has_open(const std::string& path) const;
  // What it has written to standard error, which is no terminal.
  std::string err_so_far() const;
  // Waits for its end; the test fails where that takes longer than half a minute.
  Outcome wait();

 private:
  pid_t id_ = -1;
  io::Descriptor out_;  // a file in memory
  io::Descriptor err_;  // the same, or the near end of the terminal
  std::string terminal_text_;
  std::jthread reader_;  // of the terminal
};

// Asks again and again until it holds; the test fails where that takes longer than half a minute.
void wait_until(const std::function<bool()>& holds);

}  // namespace modtool::test
