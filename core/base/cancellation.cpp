#include "core/base/cancellation.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>

namespace modtool {

using Clock = std::chrono::steady_clock;

Cancellation::Cancellation() : wake_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) {}

Cancellation::~Cancellation() {
  if (wake_ >= 0) ::close(wake_);
}

void Cancellation::request(Code reason) noexcept {
  int none = 0;
  if (!reason_.compare_exchange_strong(none, static_cast<int>(reason))) return;
  const int interrupted_errno = errno;  // a signal handler must leave it as it was
  const std::uint64_t one = 1;
  [[maybe_unused]] const auto written = ::write(wake_, &one, sizeof one);
  errno = interrupted_errno;
}

void Cancellation::set_deadline(Clock::time_point when) { deadline_ = when.time_since_epoch().count(); }

bool Cancellation::requested() const { return !check().has_value(); }

Result<void> Cancellation::check() const {
  const int reason = reason_.load(std::memory_order_relaxed);
  if (reason == static_cast<int>(Code::kInterrupted)) return fail(Code::kInterrupted, "interrupted");
  if (reason == static_cast<int>(Code::kTerminated)) return fail(Code::kTerminated, "terminated");
  const Clock::rep deadline = deadline_.load(std::memory_order_relaxed);
  const bool late = deadline != 0 && Clock::now().time_since_epoch().count() >= deadline;
  if (reason != 0 || late) return fail(Code::kTimeout, "the time given with --timeout is over");
  return {};
}

std::optional<std::chrono::milliseconds> Cancellation::time_left() const {
  const Clock::rep deadline = deadline_.load();
  if (deadline == 0) return std::nullopt;
  const auto left = Clock::time_point(Clock::duration(deadline)) - Clock::now();
  return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

}  // namespace modtool
