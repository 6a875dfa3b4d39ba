#include "core/base/pause.hpp"

#include <poll.h>

#include <algorithm>

namespace modtool {

Result<void> pause(std::chrono::milliseconds time, const Cancellation& cancellation) {
  const auto left = cancellation.time_left();
  pollfd wake{.fd = cancellation.wake_descriptor(), .events = POLLIN, .revents = 0};
  ::poll(&wake, 1, static_cast<int>(std::min(time, left.value_or(time)).count()));
  return cancellation.check();
}

}  // namespace modtool
