// What the disk is asked for, call by call: the linker leads these calls of the product's here (tests/CMakeLists.txt).
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "core/io/disk.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {
namespace {

// The calls of one test: what was synced, renamed and closed, by its name, while somebody listens.
struct Trace {
  std::mutex mutex;
  bool listens = false;
  int fsync_fails_with = 0;  // errno of the next fsync of a file, once
  int close_fails_with = 0;  // errno of the next close of a file that was written to, once
  std::vector<std::string> calls;

  void add(std::string call) {
    const std::lock_guard lock(mutex);
    if (listens) calls.push_back(std::move(call));
  }
};

Trace& trace() {
  static Trace instance;
  return instance;
}

// Listens as long as it lives.
class Listening {
 public:
  Listening() {
    trace().calls.clear();
    trace().listens = true;
  }
  Listening(const Listening&) = delete;
  Listening& operator=(const Listening&) = delete;
  ~Listening() {
    trace().listens = false;
    trace().fsync_fails_with = 0;
    trace().close_fails_with = 0;
  }
};

bool is_regular_and_written(int file) {
  struct stat info{};
  const bool is_regular = ::fstat(file, &info) == 0 && S_ISREG(info.st_mode);
  return is_regular && (::fcntl(file, F_GETFL) & O_ACCMODE) != O_RDONLY;
}

bool is_directory(int file) {
  struct stat info{};
  return ::fstat(file, &info) == 0 && S_ISDIR(info.st_mode);
}

}  // namespace
}  // namespace modtool::io

// NOLINTBEGIN(bugprone-reserved-identifier): the linker's names
extern "C" {
int __real_fsync(int file);
int __real_syncfs(int file);
int __real_close(int file);
int __real_rename(const char* from, const char* to);

int __wrap_fsync(int file) {
  auto& trace = modtool::io::trace();
  const bool is_file = !modtool::io::is_directory(file);
  trace.add(is_file ? "fsync file" : "fsync directory");
  if (!is_file || trace.fsync_fails_with == 0) return __real_fsync(file);
  errno = std::exchange(trace.fsync_fails_with, 0);
  return -1;
}

int __wrap_syncfs(int file) {
  modtool::io::trace().add("syncfs");
  return __real_syncfs(file);
}

int __wrap_rename(const char* from, const char* to) {
  modtool::io::trace().add("rename");
  return __real_rename(from, to);
}

int __wrap_close(int file) {
  auto& trace = modtool::io::trace();
  const bool counts = trace.listens && modtool::io::is_regular_and_written(file);
  if (counts) trace.add("close");
  const int returned = __real_close(file);
  if (!counts || trace.close_fails_with == 0) return returned;
  errno = std::exchange(trace.close_fails_with, 0);
  return -1;
}
}
// NOLINTEND(bugprone-reserved-identifier)

namespace modtool::io {
namespace {

TEST_CASE("an atomic write has its bytes on the disk before they get their name, and the name after") {
  const test::TempDirectory place;
  REQUIRE_OK(disk().write_new(place / "file", "old"));
  const Listening listening;
  REQUIRE_OK(disk().write_atomic(place / "file", "new"));
  auto calls = trace().calls;
  // The lock of the temporary file is a second descriptor of it, closed at the end.
  while (!calls.empty() && calls.back() == "close") calls.pop_back();
  CHECK(calls == std::vector<std::string>{"fsync file", "close", "rename", "fsync directory"});
}

TEST_CASE("what may be lost is not synced, and a file system is synced as a whole") {
  const test::TempDirectory place;
  const Listening listening;
  REQUIRE_OK(disk().write_unsynced(place / "file", "new"));
  for (const auto& call : trace().calls) CHECK(call.find("sync") == std::string::npos);
  trace().calls.clear();
  REQUIRE_OK(disk().sync_file_system(place.path()));
  CHECK(trace().calls == std::vector<std::string>{"syncfs"});
}

TEST_CASE("a close that fails is a write that fails: the quota of a network disk is told there") {
  const test::TempDirectory place;
  REQUIRE_OK(disk().write_new(place / "file", "old"));
  const Listening listening;
  const auto fail_next_close = [] { trace().close_fails_with = EDQUOT; };
  fail_next_close();
  CHECK_ERROR(disk().write_atomic(place / "file", "new"), Code::kDiskFull, "close " + place.path());
  CHECK(REQUIRE_OK(disk().read(place / "file")) == "old");
  fail_next_close();
  CHECK_ERROR(disk().write_unsynced(place / "file", "new"), Code::kDiskFull, "close " + place.path());
  CHECK(REQUIRE_OK(disk().read(place / "file")) == "old");
  fail_next_close();
  CHECK_ERROR(disk().write_new(place / "other", "new"), Code::kDiskFull, "close " + (place / "other"));
  CHECK(REQUIRE_OK(disk().list(place.path())).size() == 1);
  auto writer = REQUIRE_OK(disk().create(place / "other"));
  REQUIRE_OK(writer->write("new"));
  fail_next_close();
  CHECK_ERROR(writer->close(), Code::kDiskFull, "close " + (place / "other"));
}

TEST_CASE("what could not be synced gets no name") {
  const test::TempDirectory place;
  REQUIRE_OK(disk().write_new(place / "file", "old"));
  const Listening listening;
  trace().fsync_fails_with = EIO;
  CHECK_ERROR(disk().write_atomic(place / "file", "new"), Code::kIo, "fsync " + place.path());
  CHECK(REQUIRE_OK(disk().read(place / "file")) == "old");
  CHECK(REQUIRE_OK(disk().list(place.path())).size() == 1);
}

TEST_CASE("a close that a signal interrupts has closed") {
  const test::TempDirectory place;
  const Listening listening;
  trace().close_fails_with = EINTR;
  REQUIRE_OK(disk().write_atomic(place / "file", "new"));
}

}  // namespace
}  // namespace modtool::io
