#include "core/base/cancellation.hpp"

#include <doctest/doctest.h>
#include <poll.h>

#include <cerrno>
#include <csignal>

#include "tests/support/check.hpp"

namespace modtool {
namespace {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

bool is_readable(int descriptor) {
  ::pollfd event{.fd = descriptor, .events = POLLIN, .revents = 0};
  return ::poll(&event, 1, 0) == 1;
}

Cancellation* signalled = nullptr;

}  // namespace

TEST_CASE("a run goes on until it is cancelled") {
  Cancellation run;
  REQUIRE_OK(run.check());
  CHECK(!run.requested());
  CHECK(!is_readable(run.wake_descriptor()));
  CHECK(!run.time_left());
  run.request(Code::kInterrupted);
  CHECK(run.requested());
  CHECK(is_readable(run.wake_descriptor()));
  CHECK_ERROR(run.check(), Code::kInterrupted, "interrupted");
}

TEST_CASE("the first reason is kept") {
  Cancellation run;
  run.request(Code::kTerminated);
  run.request(Code::kInterrupted);
  CHECK_ERROR(run.check(), Code::kTerminated, "terminated");
}

TEST_CASE("a deadline ends the run by itself") {
  Cancellation run;
  run.set_deadline(Clock::now() + std::chrono::hours(1));
  REQUIRE_OK(run.check());
  CHECK(*run.time_left() > std::chrono::minutes(59));
  run.set_deadline(Clock::now() - milliseconds(1));
  CHECK_ERROR(run.check(), Code::kTimeout, "--timeout");
  CHECK(*run.time_left() == milliseconds(0));
  run.request(Code::kInterrupted);
  CHECK_ERROR(run.check(), Code::kInterrupted, "");
}

TEST_CASE("a signal handler may cancel, and leaves errno as it was") {
  Cancellation run;
  signalled = &run;
  const auto old = std::signal(SIGUSR1, [](int) { signalled->request(Code::kInterrupted); });
  errno = ENOENT;
  std::raise(SIGUSR1);
  CHECK(errno == ENOENT);
  CHECK_ERROR(run.check(), Code::kInterrupted, "");
  std::signal(SIGUSR1, old);
}

}  // namespace modtool
