#include <fcntl.h>
#include <sys/file.h>

#include <algorithm>
#include <cerrno>
#include <chrono>
#include <utility>

#include "core/base/pause.hpp"
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

Result<std::unique_ptr<FileLock>> Disk::lock(const std::string& path, const Cancellation& cancellation,
                                             const std::function<void()>& on_wait) {
  MODTOOL_TRY(Descriptor file, open_for_lock(path));
  bool is_told = false;
  // A blocking flock would not see the cancellation, so the lock is asked for again and again.
  constexpr milliseconds kLongestPause{50};
  for (milliseconds time{1};; time = std::min(time * 2, kLongestPause)) {
    if (::flock(file.get(), LOCK_EX | LOCK_NB) == 0) return std::make_unique<HeldLock>(std::move(file));
    if (errno != EWOULDBLOCK && errno != EINTR) return fail(lock_error(path, errno));
    if (on_wait && !std::exchange(is_told, true)) on_wait();
    MODTOOL_CHECK(pause(time, cancellation));
  }
}

}  // namespace modtool::io
