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
  const Clock::rep deadline = deadline_.load(std::memory_order_relaxed);
  const bool is_late = deadline != 0 && Clock::now().time_since_epoch().count() >= deadline;
  if (reason_.load(std::memory_order_relaxed) == 0 && !is_late) return {};
  noticed_ = true;
  return fail(reason(), std::string(describe_ending(reason())));
}

Code Cancellation::reason() const noexcept {
  const int reason = reason_.load(std::memory_order_relaxed);
  return reason == 0 ? Code::kTimeout : static_cast<Code>(reason);
}

std::string_view describe_ending(Code reason) noexcept {
  if (reason == Code::kInterrupted) return "interrupted";
  return reason == Code::kTerminated ? "terminated" : "the time given with --timeout is over";
}

std::optional<std::chrono::milliseconds> Cancellation::time_left() const {
  const Clock::rep deadline = deadline_.load();
  if (deadline == 0) return std::nullopt;
  const auto left = Clock::time_point(Clock::duration(deadline)) - Clock::now();
  return std::max(std::chrono::milliseconds(0), std::chrono::ceil<std::chrono::milliseconds>(left));
}

}  // namespace modtool
