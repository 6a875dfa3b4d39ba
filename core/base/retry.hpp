// Doing again what may succeed later: a server that is slow, out of order or unreachable.
#pragma once

#include <chrono>

#include "core/base/cancellation.hpp"
#include "core/base/error_code.hpp"
#include "core/base/pause.hpp"
#include "core/base/result.hpp"

namespace modtool {

inline constexpr int kAttempts = 3;

// That time and up to a quarter more, so that many who fail together do not come back together.
std::chrono::milliseconds jittered(std::chrono::milliseconds time);

// The outcome of `attempt`, which gives a Result: made again, at most `attempts` times in all, while its error is one
// that may pass. Between two attempts there is a pause, at first about `time`, then twice as long as the one before;
// the cancellation's error where the run ends meanwhile.
template <class Attempt>
auto retry(std::chrono::milliseconds time, const Cancellation& cancellation, const Attempt& attempt,
           int attempts = kAttempts) -> decltype(attempt()) {
  for (int left = attempts - 1;; --left, time *= 2) {
    auto outcome = attempt();
    if (outcome || left == 0 || !is_retryable(outcome.error().code)) return outcome;
    MODTOOL_CHECK(pause(jittered(time), cancellation));
  }
}

}  // namespace modtool
