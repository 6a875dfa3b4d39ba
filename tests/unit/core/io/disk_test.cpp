// What only a real disk can show: links, special files, permissions, and what an interruption leaves behind.
#include "core/io/disk.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <sys/fsuid.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "core/base/cancellation.hpp"
#include "core/io/disk_beneath.hpp"
#include "core/io/system_call.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::io {
namespace {

using namespace std::string_literals;
using test::TempDirectory;

void make_link(const std::string& target, const std::string& path) {
  REQUIRE(::symlink(target.c_str(), path.c_str()) == 0);
}

std::string names(const std::string& directory) {
  std::string text;
  for (const auto& entry : REQUIRE_OK(disk().list(directory))) text += entry.name + " ";
  return text;
}

// Takes root's rights away from this thread, so that permission bits count.
class Unprivileged {
 public:
  explicit Unprivileged(const std::string& own_directory) {
    if (::geteuid() != 0) return;
    constexpr uid_t kNobody = 65534;
    REQUIRE(::chown(own_directory.c_str(), kNobody, kNobody) == 0);
    ::setfsuid(kNobody);
  }
  Unprivileged(const Unprivileged&) = delete;
  Unprivileged& operator=(const Unprivileged&) = delete;
  ~Unprivileged() {
    if (::geteuid() == 0) ::setfsuid(0);
  }
};

// Makes writes beyond so many bytes fail, as a full disk does.
class FileSizeLimit {
 public:
  explicit FileSizeLimit(rlim_t bytes) {
    ::signal(SIGXFSZ, SIG_IGN);
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &old_) == 0);
    const ::rlimit limit{.rlim_cur = bytes, .rlim_max = old_.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &limit) == 0);
  }
  FileSizeLimit(const FileSizeLimit&) = delete;
  FileSizeLimit& operator=(const FileSizeLimit&) = delete;
  ~FileSizeLimit() { ::setrlimit(RLIMIT_FSIZE, &old_); }

 private:
  ::rlimit old_{};
};

}  // namespace

TEST_CASE("reading beneath a root follows no link, wherever it stands") {
  const TempDirectory place;
  REQUIRE_OK(disk().make_directories(place / "tree/sub"));
  REQUIRE_OK(disk().make_directories(place / "outside"));
  REQUIRE_OK(disk().write_new(place / "outside/file", "secret"));
  REQUIRE_OK(disk().write_new(place / "tree/file", "ours"));
  make_link("file", place / "tree/link");
  make_link("../outside", place / "tree/linked-directory");
  make_link("/etc/passwd", place / "tree/sub/absolute");
  make_link("nowhere", place / "tree/dangling");
  make_link("tree", place / "linked-root");
  struct {
    std::string root;
    std::string relative;
  } const rows[] = {
      {"tree", "link"},        {"tree", "linked-directory/file"}, {"tree", "sub/absolute"},  {"tree", "dangling"},
      {"linked-root", "file"}, {"linked-root/", "file"},          {"linked-root/.", "file"},
  };
  for (const auto method : {BeneathMethod::kKernel, BeneathMethod::kComponents}) {
    for (const auto& row : rows) {
      CAPTURE(row.root);
      CAPTURE(row.relative);
      CHECK_ERROR(open_beneath(place / row.root, row.relative, O_RDONLY, method), Code::kSymbolicLink,
                  "too many levels of symbolic links");
    }
    for (const std::string directory : {"link", "linked-directory", "dangling"}) {
      CHECK_ERROR(open_beneath(place / "tree", directory, O_RDONLY | O_DIRECTORY, method), Code::kSymbolicLink, "");
    }
    CHECK_ERROR(open_beneath(place / "tree", "file/x", O_RDONLY, method), Code::kNotADirectory, "not a directory");
    CHECK_ERROR(open_beneath(place / "tree", "file", O_RDONLY | O_DIRECTORY, method), Code::kNotADirectory, "");
    CHECK_ERROR(open_beneath(place / "tree", "none", O_RDONLY, method), Code::kFileNotFound, "no such file");
    CHECK_ERROR(open_beneath(place / "tree", "../outside/file", O_RDONLY, method), Code::kIo, "escapes");
    CHECK_ERROR(open_beneath(place / "tree", "/etc/passwd", O_RDONLY, method), Code::kIo, "escapes");
    CHECK_ERROR(open_beneath(place / "tree", "fi\0le"s, O_RDONLY, method), Code::kIo, "invalid argument");
    REQUIRE_OK(open_beneath(place / "tree", "file", O_RDONLY, method));
    REQUIRE_OK(open_beneath(place / "tree/", "sub", O_RDONLY | O_DIRECTORY, method));
    REQUIRE_OK(open_beneath(place / "tree", "", O_RDONLY | O_DIRECTORY, method));
  }
  CHECK(REQUIRE_OK(disk().read_beneath(place / "tree", "file")) == "ours");
  CHECK_ERROR(disk().list_beneath(place / "linked-root", ""), Code::kSymbolicLink, "linked-root");
}

TEST_CASE("a root may lie behind a link, if it is none itself") {
  const TempDirectory place;
  REQUIRE_OK(disk().make_directories(place / "real/tree"));
  REQUIRE_OK(disk().write_new(place / "real/tree/file", "x"));
  make_link("real", place / "link");
  CHECK(REQUIRE_OK(disk().read_beneath(place / "link/tree", "file")) == "x");
}

TEST_CASE("reading beneath a root refuses what is not regular, and does not wait for it") {
  const TempDirectory place;
  REQUIRE(::mkfifo((place / "fifo").c_str(), 0600) == 0);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  ::sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  (place / "socket").copy(address.sun_path, sizeof address.sun_path - 1);
  REQUIRE(::bind(listener, reinterpret_cast<::sockaddr*>(&address), sizeof address) == 0);
  CHECK_ERROR(disk().read_beneath(place.path(), "fifo"), Code::kNotAFile, "not a regular file");
  CHECK_ERROR(disk().read_beneath(place.path(), "socket"), Code::kIo, "no such device or address");
  CHECK_ERROR(disk().read_beneath("/dev", "null"), Code::kNotAFile, "not a regular file");
  for (const auto& entry : REQUIRE_OK(disk().list_beneath(place.path(), ""))) CHECK(entry.kind == FileKind::kOther);
  ::close(listener);
}

TEST_CASE("reading refuses what is not regular, and waits only for what people gave") {
  const TempDirectory place;
  const std::string pipe = place / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  for (const std::string& path : {pipe, std::string("/dev/null")}) {
    CHECK_ERROR(disk().read(path), Code::kNotAFile, "open " + path + ": not a regular file");
    CHECK_ERROR(disk().map(path), Code::kNotAFile, "not a regular file");
    CHECK_ERROR(disk().open(path), Code::kNotAFile, "not a regular file");
  }
  CHECK_ERROR(disk().read(place.path()), Code::kIsADirectory, "read " + place.path() + ": is a directory");
  CHECK_ERROR(disk().read_given(place.path()), Code::kIsADirectory, "is a directory");
  CHECK(REQUIRE_OK(disk().read_given("/dev/null")).empty());
  std::jthread writer([&] { std::ofstream(pipe) << "given"; });
  CHECK(REQUIRE_OK(disk().read_given(pipe)) == "given");
}

TEST_CASE("an atomic write through a link replaces what the link points to") {
  const TempDirectory place;
  REQUIRE_OK(disk().make_directories(place / "real"));
  REQUIRE_OK(disk().write_new(place / "real/file", "old"));
  make_link("real/file", place / "first");
  make_link("first", place / "second");
  make_link(place / "real/new", place / "dangling");
  make_link("circle", place / "circle");
  REQUIRE_OK(disk().write_atomic(place / "second", "new"));
  REQUIRE_OK(disk().write_atomic(place / "dangling", "made"));
  CHECK_ERROR(disk().write_atomic(place / "circle", "x"), Code::kSymbolicLink, "too many levels of symbolic links");
  CHECK(REQUIRE_OK(disk().read(place / "real/file")) == "new");
  CHECK(REQUIRE_OK(disk().read(place / "real/new")) == "made");
  CHECK(REQUIRE_OK(disk().lstat(place / "second")).kind == FileKind::kSymlink);
  CHECK(names(place / "real") == "file new ");
}

TEST_CASE("a failed write leaves the old file and nothing else") {
  const TempDirectory place;
  REQUIRE_OK(disk().write_new(place / "file", "old"));
  REQUIRE_OK(disk().make_directories(place / "directory"));
  const std::string large(100'000, 'x');
  {
    const FileSizeLimit full(4096);
    CHECK_ERROR(disk().write_atomic(place / "file", large), Code::kIo, "write " + place.path());
    CHECK_ERROR(disk().write_new(place / "new", large), Code::kIo, "write " + (place / "new") + ": file too large");
  }
  CHECK_ERROR(disk().write_atomic(place / "directory", "x"), Code::kIsADirectory, "is a directory");
  CHECK_ERROR(disk().write_atomic(place / "none/file", "x"), Code::kFileNotFound, "no such file");
  CHECK(REQUIRE_OK(disk().read(place / "file")) == "old");
  CHECK(names(place.path()) == "directory file ");
}

TEST_CASE("writers in one directory take no temporary file of each other for one that a dead run left") {
  const TempDirectory place;
  std::atomic<int> failures{0};
  {
    std::vector<std::jthread> writers;
    for (int writer = 0; writer < 8; ++writer) {
      writers.emplace_back([&, name = place / ("file" + std::to_string(writer))] {
        for (int i = 0; i < 50; ++i) failures += disk().write_atomic(name, "x").has_value() ? 0 : 1;
      });
    }
  }
  CHECK(failures == 0);
}

TEST_CASE("a device or a pipe is written to, and nothing takes its place") {
  const test::TempDirectory place;
  const std::string pipe = place / "pipe";
  REQUIRE(::mkfifo(pipe.c_str(), 0600) == 0);
  const int end = ::open(pipe.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  REQUIRE(end >= 0);
  REQUIRE_OK(disk().write_atomic(pipe, "hello"));
  char read[8] = {};
  CHECK(::read(end, read, sizeof read) == 5);
  CHECK(std::string_view(read) == "hello");
  ::close(end);
  CHECK(REQUIRE_OK(disk().lstat(pipe)).kind == FileKind::kOther);
  CHECK(names(place.path()) == "pipe ");
  // A link to one is as good.
  REQUIRE(::symlink("/dev/full", (place / "link").c_str()) == 0);
  CHECK_ERROR(disk().write_atomic(place / "link", "x"), Code::kDiskFull, "no space left on device");
  CHECK(REQUIRE_OK(disk().stat("/dev/full")).kind == FileKind::kOther);
}

TEST_CASE("a full disk is told as such") {
  const auto writer = REQUIRE_OK(disk().create("/dev/full"));
  CHECK_ERROR(writer->write("x"), Code::kDiskFull, "write /dev/full: no space left on device");
}

TEST_CASE("read-only trees are removed, and links in them are not followed") {
  const TempDirectory place;
  const Unprivileged here(place.path());
  REQUIRE_OK(disk().make_directories(place / "tree/a/b"));
  REQUIRE_OK(disk().make_directories(place / "kept"));
  REQUIRE_OK(disk().write_new(place / "kept/file", "kept"));
  REQUIRE_OK(disk().write_new(place / "tree/a/b/file", "x", 0444));
  make_link("../../kept", place / "tree/a/link");
  make_link("kept", place / "link");
  for (const std::string name : {"tree/a/b", "tree/a", "tree"}) REQUIRE_OK(disk().set_mode(place / name, 0555));
  REQUIRE_OK(disk().remove_all(place / "tree"));
  REQUIRE_OK(disk().remove_all(place / "link"));
  REQUIRE_OK(disk().make_directories(place / "closed/below"));
  for (const std::string name : {"closed/below", "closed"}) REQUIRE_OK(disk().set_mode(place / name, 0));
  REQUIRE_OK(disk().remove_all(place / "closed"));
  CHECK(names(place.path()) == "kept ");
  CHECK(names(place / "kept") == "file ");
}

TEST_CASE("what cannot be removed is named") {
  const TempDirectory place;
  REQUIRE_OK(disk().make_directories(place / "others/tree"));
  const TempDirectory own;
  const Unprivileged here(own.path());
  CHECK_ERROR(disk().remove_all(place / "others"), Code::kPermission,
              "unlinkat " + (place / "others/tree") + ": permission denied");
  CHECK_ERROR(disk().write_new(place / "x", ""), Code::kPermission, "open " + (place / "x") + ": permission denied");
}

TEST_CASE("a deep tree is removed") {
  const TempDirectory place;
  std::string path = place / "deep";
  for (int i = 0; i < 300; ++i) path += "/d";
  REQUIRE_OK(disk().make_directories(path));
  REQUIRE_OK(disk().remove_all(place / "deep"));
  CHECK(names(place.path()).empty());
}

TEST_CASE("a path that holds a NUL is refused, not cut short") {
  const TempDirectory place;
  const std::string path = (place / "file") + "\0.txt"s;
  REQUIRE_OK(disk().write_new(place / "file", "x"));
  CHECK_ERROR(disk().read(path), Code::kIo, "invalid argument");
  CHECK_ERROR(disk().stat(path), Code::kIo, "invalid argument");
  CHECK_ERROR(disk().write_new(path, "x"), Code::kIo, "invalid argument");
  CHECK_ERROR(disk().write_atomic(path, "x"), Code::kIo, "invalid argument");
  CHECK_ERROR(disk().make_directories(path), Code::kIo, "invalid argument");
  CHECK_ERROR(disk().remove_all(path), Code::kIo, "invalid argument");
  CHECK_ERROR(disk().rename(path, place / "x"), Code::kIo, "invalid argument");
  CHECK(REQUIRE_OK(disk().read(place / "file")) == "x");
}

TEST_CASE("new files and directories have the permissions the umask leaves") {
  const TempDirectory place;
  const ::mode_t old = ::umask(027);
  REQUIRE_OK(disk().write_new(place / "new", "", 0777));
  REQUIRE_OK(disk().write_atomic(place / "atomic", ""));
  REQUIRE_OK(disk().create(place / "created", 0666));
  const std::string directory = REQUIRE_OK(disk().make_temp_directory(place.path(), "t"));
  ::umask(old);
  CHECK(REQUIRE_OK(disk().stat(place / "new")).mode == 0750);
  CHECK(REQUIRE_OK(disk().stat(place / "atomic")).mode == 0640);
  CHECK(REQUIRE_OK(disk().stat(place / "created")).mode == 0640);
  CHECK(REQUIRE_OK(disk().stat(directory)).mode == 0750);
}

TEST_CASE("links are told apart from what they point to") {
  const TempDirectory place;
  REQUIRE_OK(disk().make_directories(place / "directory"));
  make_link("directory", place / "link");
  make_link("nowhere", place / "dangling");
  CHECK(REQUIRE_OK(disk().stat(place / "link")).kind == FileKind::kDirectory);
  CHECK(REQUIRE_OK(disk().lstat(place / "link")).kind == FileKind::kSymlink);
  CHECK(REQUIRE_OK(disk().list(place.path()))[0].kind == FileKind::kSymlink);
  CHECK(!test::is_there(disk(), place / "dangling"));
  REQUIRE_OK(disk().make_directories(place / "link"));
  CHECK_ERROR(disk().make_directories(place / "dangling"), Code::kFileExists, "file exists");
}

TEST_CASE("a file of unknown size is read to its end, and one that claims too much is refused") {
  CHECK(REQUIRE_OK(disk().read("/proc/self/cmdline")).find("unit_io") != std::string::npos);
  CHECK(REQUIRE_OK(disk().map("/proc/self/cmdline"))->view().find("unit_io") != std::string_view::npos);
  const TempDirectory place;
  REQUIRE_OK(disk().write_new(place / "sparse", ""));
  std::filesystem::resize_file(place / "sparse", kLargestWholeFile + 1);
  CHECK_ERROR(disk().read(place / "sparse"), Code::kTooLarge, "read " + (place / "sparse") + ": too large for memory");
  CHECK_ERROR(disk().read_beneath(place.path(), "sparse"), Code::kTooLarge, "too large for memory");
}

TEST_CASE("a directory with many entries is listed whole") {
  const TempDirectory place;
  constexpr std::size_t kMany = 3000;
  for (std::size_t i = 0; i < kMany; ++i) REQUIRE_OK(disk().write_new(place / ("file-" + std::to_string(i)), ""));
  const auto entries = REQUIRE_OK(disk().list(place.path()));
  CHECK(entries.size() == kMany);
  CHECK(std::ranges::is_sorted(entries, {}, &DirectoryEntry::name));
}

TEST_CASE("a lock excludes other threads and ends with its holder") {
  const TempDirectory place;
  const Cancellation cancellation;
  auto held = REQUIRE_OK(disk().lock(place / "lock", cancellation));
  std::atomic<bool> waits = false;
  std::atomic<bool> got_it = false;
  std::jthread other([&] {
    const auto tell = [&] {
      waits = true;
      waits.notify_all();
    };
    got_it = disk().lock(place / "lock", cancellation, tell).has_value();
  });
  waits.wait(false);
  CHECK(!got_it);
  held.reset();
  other.join();
  CHECK(got_it);
}

TEST_CASE("a file system is synced by any path on it") {
  const TempDirectory place;
  REQUIRE_OK(disk().sync_file_system(place.path()));
  CHECK_ERROR(disk().sync_file_system(place / "none"), Code::kFileNotFound, "no such file");
}

TEST_CASE("a temporary file of a dead run goes with the next write beside it, that of a live one stays") {
  const TempDirectory temp;
  const std::string dead = temp / ".modtool-0123456789abcdef";
  const std::string live = temp / ".modtool-fedcba9876543210";
  for (const auto* name : {".modtool-lock", ".modtool-0123456789abcdeg", ".modtool-0123"}) {
    REQUIRE_OK(disk().write_new(temp / name, ""));
  }
  REQUIRE_OK(disk().write_new(dead, "half"));
  REQUIRE_OK(disk().write_new(live, "half"));
  const Cancellation cancellation;
  const auto held = REQUIRE_OK(disk().lock(live, cancellation));
  SUBCASE("a synced one") { REQUIRE_OK(disk().write_atomic(temp / "file", "x")); }
  SUBCASE("one of a cache") { REQUIRE_OK(disk().write_unsynced(temp / "file", "x")); }
  CHECK(names(temp.path()) == ".modtool-0123 .modtool-0123456789abcdeg .modtool-fedcba9876543210 .modtool-lock file ");
}

TEST_CASE("a tree however deep is removed with a few descriptors") {
  const TempDirectory temp;
  constexpr int kLevels = 5000;
  int at = ::open(temp.path().c_str(), O_RDONLY | O_DIRECTORY);
  for (int level = 0; level < kLevels; ++level) {
    REQUIRE(::mkdirat(at, "removed-0", 0700) == 0);
    const Descriptor file(::openat(at, "file", O_WRONLY | O_CREAT, 0600));
    REQUIRE(file.is_open());
    const int below = ::openat(at, "removed-0", O_RDONLY | O_DIRECTORY);
    ::close(at);
    at = below;
  }
  ::close(at);
  rlimit before{};
  REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit few{.rlim_cur = 100, .rlim_max = before.rlim_max};
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &few) == 0);
  const auto removed = disk().remove_all(temp / "removed-0");
  REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
  REQUIRE_OK(removed);
  CHECK(names(temp.path()) == "file ");
}

TEST_CASE("what is written to a disk that is well is synced, its directory too") {
  const TempDirectory place;
  REQUIRE_OK(disk().write_atomic(place / "file", "x"));
  const auto unsynced = disk().unsynced();
  CHECK(std::ranges::find(unsynced, place.path()) == unsynced.end());
}

}  // namespace modtool::io
