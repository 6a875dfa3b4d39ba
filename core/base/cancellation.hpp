// Cancellation: one object that Ctrl-C, SIGTERM and `--timeout` set and every wait looks at.
#pragma once

#include <atomic>
#include <chrono>
#include <optional>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool {

// Shared by all threads of a run. `request` may be called from a signal handler.
class Cancellation {
 public:
  Cancellation();
  ~Cancellation();
  Cancellation(const Cancellation&) = delete;
  Cancellation& operator=(const Cancellation&) = delete;

  // Asks every wait to end; the first reason (kInterrupted, kTerminated, kTimeout) is kept. Async-signal-safe.
  void request(Code reason) noexcept;

  // From this moment on every check fails with kTimeout.
  void set_deadline(std::chrono::steady_clock::time_point when);

  bool requested() const;
  // Fails with the reason once cancelled; cheap enough for inner loops.
  Result<void> check() const;
  // Whether somebody was told by `check`, and so the run is ending. Async-signal-safe.
  bool was_noticed() const noexcept { return noticed_; }
  // Why the run is to end; kTimeout where nobody asked. Async-signal-safe.
  Code reason() const noexcept;

  // Becomes readable when cancelled: for poll() beside other descriptors. Owned by this object.
  int wake_descriptor() const { return wake_; }
  // The time left, for poll() and other waits; nothing where there is no deadline.
  std::optional<std::chrono::milliseconds> time_left() const;

 private:
  std::atomic<int> reason_{0};
  mutable std::atomic<bool> noticed_{false};
  std::atomic<std::chrono::steady_clock::rep> deadline_{0};
  int wake_ = -1;
};

// "interrupted", "terminated" …, for messages.
std::string_view describe_ending(Code reason) noexcept;

}  // namespace modtool
