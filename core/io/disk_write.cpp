#include <fcntl.h>
#include <sys/file.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <climits>
#include <functional>

#include "core/base/sha256.hpp"
#include "core/io/disk.hpp"
#include "core/io/system_call.hpp"

namespace modtool::io {
namespace {

// Removes a file when it goes out of scope, unless the file is kept.
class FileRemover {
 public:
  explicit FileRemover(std::string path) : path_(std::move(path)) {}
  FileRemover(const FileRemover&) = delete;
  FileRemover& operator=(const FileRemover&) = delete;
  ~FileRemover() {
    if (!path_.empty()) ::unlink(path_.c_str());
  }
  void keep() { path_.clear(); }

 private:
  std::string path_;
};

class FileWriter final : public Writer {
 public:
  FileWriter(Descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}
  Result<void> write(std::string_view bytes) override { return write_fully(file_.get(), bytes, path_); }
  Result<void> close() override {
    const int number = file_.release();
    // After EINTR the descriptor is closed all the same; a second call might close another thread's.
    if (::close(number) != 0 && errno != EINTR) return fail(system_error("close", path_, errno));
    return {};
  }

 private:
  Descriptor file_;
  std::string path_;
};

constexpr std::size_t kRandomBytes = 8;

std::string random_suffix() {
  std::array<std::uint8_t, kRandomBytes> bytes{};
  [[maybe_unused]] const auto count = ::getrandom(bytes.data(), bytes.size(), 0);
  return to_hex(bytes);
}

// Calls `make` with `prefix` and fresh endings until a name is free.
Result<std::string> with_fresh_name(const std::string& prefix,
                                    const std::function<Result<void>(const std::string&)>& make) {
  constexpr int kAttempts = 100;
  for (int attempt = 1;; ++attempt) {
    std::string path = prefix + random_suffix();
    auto made = make(path);
    if (made) return path;
    if (made.error().code != Code::kFileExists || attempt == kAttempts) return fail(std::move(made).error());
  }
}

// The directory part up to and with the last slash, as it is written: cleaning would change where ".." leads.
std::string_view raw_directory(std::string_view path) { return path.substr(0, path.rfind('/') + 1); }

// Where the links that `path` itself may be lead to; nothing need be there.
Result<std::string> resolve_last(std::string path) {
  constexpr int kMostLinks = 40;  // as the kernel has it
  for (int links = 0; links < kMostLinks; ++links) {
    MODTOOL_TRY(const auto found, disk().lstat(path).if_there());
    if (!found || found->kind != FileKind::kSymlink) return path;
    MODTOOL_TRY(std::string target, disk().read_link(path));
    path = is_absolute(target) ? target : std::string(raw_directory(path)).append(target);
  }
  return fail(system_error("open", path, ELOOP));
}

Result<void> sync_directory(const std::string& path) {
  MODTOOL_TRY(const Descriptor directory, open_descriptor(path, O_RDONLY | O_DIRECTORY));
  // Some file systems cannot sync a directory, and have nothing to sync then.
  if (::fsync(directory.get()) != 0 && errno != EINVAL) return fail(system_error("fsync", path, errno));
  return {};
}

// Gives the file the permission bits of the one it will replace, if there is one.
Result<void> copy_mode(const std::string& from, const Descriptor& to, const std::string& shown) {
  MODTOOL_TRY(const auto found, disk().stat(from).if_there());
  if (found) MODTOOL_CHECK(system_call("chmod", shown, [&] { return ::fchmod(to.get(), found->mode); }));
  return {};
}

// What a temporary file is called, before its random ending.
constexpr std::string_view kTemporary = ".modtool-";

bool is_temporary(std::string_view name) {
  if (!name.starts_with(kTemporary)) return false;
  name.remove_prefix(kTemporary.size());
  return name.size() == 2 * kRandomBytes && name.find_first_not_of("0123456789abcdef") == name.npos;
}

// A temporary file, locked as long as its writer lives: so others can tell it from one that a dead run left.
struct TemporaryFile {
  std::string path;
  Descriptor file;
  Descriptor lock;  // the same open file
};

// Locks a new file, unless somebody took it for one that a dead run left, before it was locked. Where there are no
// locks, nothing is ever taken for that.
Result<void> claim(const Descriptor& file, const std::string& name) {
  const bool is_taken = ::flock(file.get(), LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
  struct stat info = {};
  const bool is_gone = ::fstat(file.get(), &info) == 0 && info.st_nlink == 0;
  if (is_taken || is_gone) return fail(Code::kFileExists, name);
  return {};
}

Result<TemporaryFile> make_temporary(const std::string& directory, std::uint32_t mode) {
  TemporaryFile made;
  MODTOOL_TRY(made.path,
              with_fresh_name(directory + std::string(kTemporary), [&](const std::string& name) -> Result<void> {
                MODTOOL_TRY(made.file, open_descriptor(name, O_WRONLY | O_CREAT | O_EXCL, mode));
                return claim(made.file, name);
              }));
  made.lock = Descriptor(::fcntl(made.file.get(), F_DUPFD_CLOEXEC, 0));
  return made;
}

Result<void> write_and_sync(Descriptor file, std::string_view bytes, const std::string& path) {
  MODTOOL_CHECK(write_fully(file.get(), bytes, path));
  MODTOOL_CHECK(system_call("fsync", path, [&] { return ::fsync(file.get()); }));
  return FileWriter(std::move(file), path).close();
}

// Whether something is there that must be written to and not replaced: a terminal, a pipe, /dev/null.
Result<bool> is_device(const std::string& path) {
  MODTOOL_TRY(const auto found, disk().stat(path).if_there());
  return found && found->kind == FileKind::kOther;
}

Result<void> write_to_device(const std::string& path, std::string_view bytes) {
  MODTOOL_TRY(Descriptor device, open_descriptor(path, O_WRONLY));
  MODTOOL_CHECK(write_fully(device.get(), bytes, path));
  return FileWriter(std::move(device), path).close();
}

}  // namespace

Result<void> Disk::write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  MODTOOL_TRY(const bool is_written_to, is_device(path));
  if (is_written_to) return write_to_device(path, bytes);
  MODTOOL_TRY(const std::string target, resolve_last(path));
  const std::string directory(raw_directory(target));
  remove_leftovers(directory.empty() ? "." : directory);
  MODTOOL_TRY(TemporaryFile temporary, make_temporary(directory, mode));
  FileRemover remover(temporary.path);
  MODTOOL_CHECK(copy_mode(target, temporary.file, path));
  MODTOOL_CHECK(write_and_sync(std::move(temporary.file), bytes, temporary.path));
  MODTOOL_CHECK(rename(temporary.path, target));
  remover.keep();
  const std::string synced = directory.empty() ? "." : directory;
  if (!sync_directory(synced)) {
    const std::lock_guard lock(mutex_);
    unsynced_.insert(synced);
  }
  return {};
}

Result<void> Disk::write_unsynced(const std::string& path, std::string_view bytes) {
  const std::string directory(raw_directory(path));
  remove_leftovers(directory.empty() ? "." : directory);
  MODTOOL_TRY(TemporaryFile temporary, make_temporary(directory, 0666));
  FileRemover remover(temporary.path);
  MODTOOL_CHECK(write_fully(temporary.file.get(), bytes, temporary.path));
  MODTOOL_CHECK(FileWriter(std::move(temporary.file), temporary.path).close());
  MODTOOL_CHECK(rename(temporary.path, path));
  remover.keep();
  return {};
}

std::vector<std::string> Disk::unsynced() const {
  const std::lock_guard lock(mutex_);
  return {unsynced_.begin(), unsynced_.end()};
}

void Disk::remove_leftovers(const std::string& directory) {
  const auto entries = list(directory).or_nothing();
  if (!entries) return;
  for (const auto& entry : *entries) {
    if (entry.kind != FileKind::kRegular || !is_temporary(entry.name)) continue;
    const std::string path = join_path(directory, entry.name);
    const auto file = open_descriptor(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK);
    const bool is_left = file && ::flock(file->get(), LOCK_EX | LOCK_NB) == 0;
    if (is_left) ::unlink(path.c_str());
  }
}

Result<void> Disk::write_new(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  MODTOOL_TRY(Descriptor file, open_descriptor(path, O_WRONLY | O_CREAT | O_EXCL, mode));
  FileRemover remover(path);
  MODTOOL_CHECK(write_fully(file.get(), bytes, path));
  MODTOOL_CHECK(FileWriter(std::move(file), path).close());
  remover.keep();
  return {};
}

Result<std::unique_ptr<Writer>> Disk::create(const std::string& path, std::uint32_t mode) {
  MODTOOL_TRY(Descriptor file, open_descriptor(path, O_WRONLY | O_CREAT | O_TRUNC, mode));
  return std::make_unique<FileWriter>(std::move(file), path);
}

Result<void> Disk::make_directories(const std::string& path) {
  auto made = system_call("mkdir", path, [&] { return ::mkdir(path.c_str(), 0777); });
  if (!made && made.error().code == Code::kFileNotFound && !path.empty()) {
    const std::string parent = directory_of(path.substr(0, path.find_last_not_of('/') + 1));
    if (parent != path) MODTOOL_CHECK(make_directories(parent));
    made = system_call("mkdir", path, [&] { return ::mkdir(path.c_str(), 0777); });
  }
  if (made) return {};
  // Whatever the reason (it may be a read-only file system), a directory that is there is enough.
  const auto there = stat(path).or_nothing();
  if (!there) return fail(std::move(made).error());
  return there->kind == FileKind::kDirectory ? Result<void>() : fail(system_error("mkdir", path, ENOTDIR));
}

Result<std::string> Disk::make_temp_directory(const std::string& parent, const std::string& prefix) {
  return with_fresh_name(join_path(parent, prefix), [](const std::string& name) -> Result<void> {
    MODTOOL_CHECK(system_call("mkdir", name, [&] { return ::mkdir(name.c_str(), 0777); }));
    return {};
  });
}

Result<void> Disk::rename(const std::string& from, const std::string& to) {
  MODTOOL_CHECK(system_call("rename", from + " " + to, [&] { return ::rename(from.c_str(), to.c_str()); }));
  return {};
}

Result<void> Disk::make_link(const std::string& target, const std::string& path) {
  MODTOOL_CHECK(system_call("symlink", path, [&] { return ::symlink(target.c_str(), path.c_str()); }));
  return {};
}

Result<void> Disk::exchange(const std::string& a, const std::string& b) {
  int reason = 0;
  auto done = system_call("exchange", a + " " + b, [&] {
    const int returned = ::renameat2(AT_FDCWD, a.c_str(), AT_FDCWD, b.c_str(), RENAME_EXCHANGE);
    reason = errno;
    return returned;
  });
  if (done) return {};
  // EINVAL is how a file system says that it cannot exchange.
  if (reason == EINVAL) done.error().code = Code::kNotSupported;
  return fail(std::move(done).error());
}

Result<void> Disk::set_mode(const std::string& path, std::uint32_t mode) {
  MODTOOL_CHECK(system_call("chmod", path, [&] { return ::chmod(path.c_str(), mode); }));
  return {};
}

Result<void> Disk::sync_file_system(const std::string& path) {
  MODTOOL_TRY(const Descriptor file, open_descriptor(path, O_RDONLY));
  MODTOOL_CHECK(system_call("syncfs", path, [&] { return ::syncfs(file.get()); }));
  return {};
}

}  // namespace modtool::io
