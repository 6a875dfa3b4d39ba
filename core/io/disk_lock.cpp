#include <fcntl.h>
#include <poll.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <chrono>

#include "core/base/cancellation.hpp"
#include "core/io/disk.hpp"
#include "core/io/system_call.hpp"

namespace modtool::io {
namespace {

using std::chrono::milliseconds;

// Closing the descriptor gives the lock up.
class HeldLock final : public FileLock {
 public:
  explicit HeldLock(Descriptor file) : file_(std::move(file)) {}

 private:
  Descriptor file_;
};

// Waits until the time is over or the run is cancelled.
void pause_for(milliseconds time, const Cancellation& cancellation) {
  const milliseconds pause = std::min(time, cancellation.time_left().value_or(time));
  ::pollfd wake{.fd = cancellation.wake_descriptor(), .events = POLLIN, .revents = 0};
  ::poll(&wake, 1, static_cast<int>(pause.count()));
}

// A file is made where there is none; a directory is locked by itself.
Result<Descriptor> open_for_lock(const std::string& path) {
  auto file = open_descriptor(path, O_RDWR | O_CREAT, 0666);
  if (file || file.error().code != Code::kIsADirectory) return file;
  return open_descriptor(path, O_RDONLY | O_DIRECTORY, 0);
}

Error lock_error(const std::string& path, int number) {
  Error error = system_error("Lock", path, number);
  const bool cannot = number == ENOLCK || number == EOPNOTSUPP || number == EBADF;  // network file systems
  if (cannot) error.code = Code::kNotSupported;
  return error;
}

}  // namespace

Result<std::unique_ptr<FileLock>> Disk::lock(const std::string& path, const Cancellation& cancellation) {
  MODTOOL_TRY(Descriptor file, open_for_lock(path));
  // A blocking flock would not see the cancellation, so the lock is asked for again and again.
  constexpr milliseconds kLongestPause{50};
  for (milliseconds pause{1};; pause = std::min(pause * 2, kLongestPause)) {
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return std::make_unique<HeldLock>(std::move(file));
    if (errno != EWOULDBLOCK && errno != EINTR) return fail(lock_error(path, errno));
    MODTOOL_CHECK(cancellation.check());
    pause_for(pause, cancellation);
  }
}

}  // namespace modtool::io
