// Child processes, with limits: what can hang, crash or grow without bounds runs in one.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"

namespace modtool::io {

struct ChildLimits {
  std::chrono::milliseconds time{0};  // wall clock; 0 is none
  std::uint64_t memory = 0;           // bytes of address space; 0 is none
  std::uint64_t output = 1ULL << 30;  // bytes of standard output that are kept
  bool spare_descendants = false;     // what the child started outlives it, where it ended by itself
};

struct ChildResult {
  int status = 0;  // exit status; 128 + signal where a signal ended it
  bool timed_out = false;
  std::string out;  // standard output
  std::string err;  // the last 64 KiB of standard error
};

// Takes what a child writes, piece by piece.
using Hear = std::function<void(std::string_view)>;

// Runs a program by its full path with `input` on standard input, and waits. No shell. Its environment is empty but
// for `environment` ("NAME=value"). It is killed, with its process group, when the time is over or the run cancelled
// (then the cancellation's error is returned). `hear` gets what it writes to standard error, piece by piece, on this
// thread. Code::kChildFailed where it cannot be started.
Result<ChildResult> run_child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                              std::string_view input, const ChildLimits& limits, const Cancellation& cancellation,
                              const Hear& hear = {});

// The full path of the running program.
std::string own_executable();

// A limit of memory for a child that is this program too. Built with a sanitizer it has none: the shadow of its memory
// alone takes terabytes of address space.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr std::uint64_t own_memory_limit(std::uint64_t) { return 0; }
#else
constexpr std::uint64_t own_memory_limit(std::uint64_t bytes) { return bytes; }
#endif

}  // namespace modtool::io
