// The file system as modtool uses it. Parsers and checks take the narrow `FileReader`; only what writes takes a
// `FileSystem`. Paths are UTF-8 strings with '/' and relative ones mean the process's working directory. All functions
// may be called from several threads at once. Errors name the path and the operation (Code::k8xxx).
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/reader.hpp"
#include "core/base/result.hpp"
#include "core/io/look.hpp"

namespace modtool {
class Cancellation;
}

namespace modtool::io {

enum class FileKind { kRegular, kDirectory, kSymlink, kOther };

struct FileInfo {
  FileKind kind = FileKind::kRegular;
  std::uint64_t size = 0;
  std::uint32_t mode = 0;  // permission bits only
  std::int64_t modified_ns = 0;
  std::int64_t accessed_ns = 0;  // as far as the file system notes that: relatime once a day, noatime never
};

struct DirectoryEntry {
  std::string name;
  FileKind kind = FileKind::kRegular;  // of the entry itself, links not followed
};

// Bytes that stay valid and unchanged as long as the object lives; mapped where the file system can.
class FileBytes {
 public:
  virtual ~FileBytes() = default;
  virtual std::string_view view() const = 0;
  // Gives memory back that holds what was looked at so far, where it can be had from the file again.
  virtual void release() const {}
};

// Bytes in memory.
std::unique_ptr<FileBytes> own_bytes(std::string bytes);

class FileReader {
 public:
  virtual ~FileReader() = default;

  // The whole file, links followed. What is no regular file is Code::kNotAFile or kIsADirectory, and not waited for;
  // more than 2 GiB are Code::kTooLarge. The same holds for `map` and `open`.
  virtual Look<std::string> read(const std::string& path) const = 0;
  // Like read for a path that people gave: it may lead to a pipe, a terminal or a device.
  virtual Look<std::string> read_given(const std::string& path) const { return read(path); }
  // Like read, but not copied where that can be avoided: for large files.
  virtual Result<std::unique_ptr<FileBytes>> map(const std::string& path) const = 0;
  // Streams the file.
  virtual Result<std::unique_ptr<Reader>> open(const std::string& path) const = 0;
  // What is there; `stat` follows links, `lstat` does not.
  virtual Look<FileInfo> stat(const std::string& path) const = 0;
  virtual Look<FileInfo> lstat(const std::string& path) const = 0;
  // Where a symbolic link leads, as it is written; Code::kIo where something else is there.
  virtual Result<std::string> read_link(const std::string& path) const = 0;
  // The entries of a directory, sorted bytewise by name, without "." and "..".
  virtual Look<std::vector<DirectoryEntry>> list(const std::string& path) const = 0;

  // Like list and read for `root/relative`, but neither `root` itself (its last component) nor anything below it may
  // be a symbolic link, and what is read must be a regular file (Code::kSymbolicLink, kNotADirectory, kNotAFile):
  // for trees whose contents are not trusted. `relative` may be empty for list.
  virtual Look<std::vector<DirectoryEntry>> list_beneath(const std::string& root,
                                                         const std::string& relative) const = 0;
  virtual Look<std::string> read_beneath(const std::string& root, const std::string& relative) const = 0;
};

// Held as long as the object lives.
class FileLock {
 public:
  virtual ~FileLock() = default;
};

// A sink for a file that is being written; destroyed without `close`, what was written is undefined.
class Writer {
 public:
  virtual ~Writer() = default;
  virtual Result<void> write(std::string_view bytes) = 0;
  // Flushes and reports errors that the system held back.
  virtual Result<void> close() = 0;
};

class FileSystem : public FileReader {
 public:
  // Replaces or makes a file in one step (temporary file, fsync, rename), where a link at `path` leads. The old file
  // keeps its mode; a new one gets `mode` less the umask. A device or a pipe is written to, and never replaced. Once
  // the file has its name this has succeeded; where its directory could not be synced then, `unsynced` says so.
  virtual Result<void> write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) = 0;
  // The same, but not synced, and always a file of its own: for caches, whose files may be lost with the machine.
  virtual Result<void> write_unsynced(const std::string& path, std::string_view bytes) = 0;
  // The directories in which a file was replaced and that could not be synced: a crash of the machine may still bring
  // the old file back.
  virtual std::vector<std::string> unsynced() const { return {}; }
  // Removes the temporary files of these two that dead runs left in a directory; those of live ones stay, and so does
  // what cannot be looked at or removed. Whoever writes a file does this for its directory.
  virtual void remove_leftovers(const std::string& directory) = 0;
  // Makes a file that must not exist (Code::kFileExists); not synced: for files inside a tree that is staged.
  virtual Result<void> write_new(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) = 0;
  virtual Result<std::unique_ptr<Writer>> create(const std::string& path, std::uint32_t mode = 0666) = 0;
  // Makes a symbolic link, which leads to `target` as it is written; nothing may be at `path` (Code::kFileExists).
  virtual Result<void> make_link(const std::string& target, const std::string& path) = 0;
  // Makes the directory and its parents; succeeds where it is there already.
  virtual Result<void> make_directories(const std::string& path) = 0;
  // Makes a fresh directory `parent/prefix<random>`, open to whom the umask leaves it: it may be renamed to its place.
  virtual Result<std::string> make_temp_directory(const std::string& parent, const std::string& prefix) = 0;
  // Removes a file or a tree, read-only directories included; links are removed, not followed; absent is fine.
  virtual Result<void> remove_all(const std::string& path) = 0;
  virtual Result<void> rename(const std::string& from, const std::string& to) = 0;
  // Swaps two names in one step (renameat2 RENAME_EXCHANGE); Code::kNotSupported where the file system cannot.
  virtual Result<void> exchange(const std::string& a, const std::string& b) = 0;
  virtual Result<void> set_mode(const std::string& path, std::uint32_t mode) = 0;
  // Brings everything written on the file system that holds `path` to the disk.
  virtual Result<void> sync_file_system(const std::string& path) = 0;
  // Waits for an exclusive lock on `path` (a file made if absent, or a directory), as the go command locks (fcntl/flock
  // on Linux: flock). The wait ends when `cancellation` does; `on_wait` is called once where there is one.
  // Code::kNotSupported where the file system knows no locks.
  virtual Result<std::unique_ptr<FileLock>> lock(const std::string& path, const Cancellation& cancellation,
                                                 const std::function<void()>& on_wait = {}) = 0;
  // The same; nothing where the file system knows no locks: then two may do the same work.
  Result<std::unique_ptr<FileLock>> lock_if_possible(const std::string& path, const Cancellation& cancellation,
                                                     const std::function<void()>& on_wait = {}) {
    auto held = lock(path, cancellation, on_wait);
    if (!held && held.error().code == Code::kNotSupported) return nullptr;
    return held;
  }
};

// The machine's own file system.
FileSystem& disk();

// "a/b" + "c" → "a/b/c"; an absolute or empty piece is taken as Go's filepath.Join does.
std::string join_path(std::string_view directory, std::string_view name);
// Lexically cleaned, as Go's path.Clean.
std::string clean_path(std::string_view path);
std::string directory_of(std::string_view path);
std::string base_name(std::string_view path);
bool is_absolute(std::string_view path);

}  // namespace modtool::io
