#include "core/io/disk.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <cstddef>
#include <cstring>

#include "core/io/system_call.hpp"

namespace modtool::io {
namespace {

using Stat = struct ::stat;

FileKind kind_of_mode(mode_t mode) {
  if (S_ISREG(mode)) return FileKind::kRegular;
  if (S_ISDIR(mode)) return FileKind::kDirectory;
  return S_ISLNK(mode) ? FileKind::kSymlink : FileKind::kOther;
}

std::int64_t to_ns(const timespec& time) { return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec; }

FileInfo to_info(const Stat& found) {
  return {.kind = kind_of_mode(found.st_mode),
          .size = static_cast<std::uint64_t>(found.st_size),
          .mode = found.st_mode & 07777U,
          .modified_ns = to_ns(found.st_mtim),
          .accessed_ns = to_ns(found.st_atim)};
}

struct OpenFile {
  Descriptor descriptor;
  std::uint64_t size = 0;
};

// Not blocking: the open of a pipe would wait for a writer.
Result<OpenFile> open_regular(const std::string& path) {
  OpenFile file;
  MODTOOL_TRY(file.descriptor, open_descriptor(path, O_RDONLY | O_NONBLOCK | O_NOCTTY));
  MODTOOL_TRY(file.size, size_of_regular(file.descriptor, path));
  return file;
}

class MappedBytes final : public FileBytes {
 public:
  MappedBytes(void* address, std::size_t size) : address_(address), size_(size) {}
  MappedBytes(const MappedBytes&) = delete;
  MappedBytes& operator=(const MappedBytes&) = delete;
  ~MappedBytes() override { ::munmap(address_, size_); }
  std::string_view view() const override { return {static_cast<const char*>(address_), size_}; }
  void release() const override { ::madvise(address_, size_, MADV_DONTNEED); }

 private:
  void* address_;
  std::size_t size_;
};

class FileStream final : public Reader {
 public:
  FileStream(Descriptor file, std::string path) : file_(std::move(file)), path_(std::move(path)) {}

  Result<std::size_t> read(std::span<char> into) override {
    MODTOOL_TRY(const ssize_t count,
                system_call("read", path_, [&] { return ::read(file_.get(), into.data(), into.size()); }));
    return static_cast<std::size_t>(count);
  }

 private:
  Descriptor file_;
  std::string path_;
};

// Below this size a copy costs less than the page faults of a mapping.
constexpr std::uint64_t kSmallestMapping = 128UL * 1024;

using StatCall = int (*)(const char*, Stat*);

Result<FileInfo> stat_with(StatCall call, std::string_view operation, const std::string& path) {
  Stat found{};
  MODTOOL_CHECK(system_call(operation, path, [&] { return call(path.c_str(), &found); }));
  return to_info(found);
}

// The kind of an entry, asked for where the file system does not tell it with the name.
Result<FileKind> kind_of_entry(int directory, const dirent64& entry, const std::string& path) {
  switch (entry.d_type) {
    case DT_REG:
      return FileKind::kRegular;
    case DT_DIR:
      return FileKind::kDirectory;
    case DT_LNK:
      return FileKind::kSymlink;
    case DT_UNKNOWN: {
      Stat found{};
      MODTOOL_CHECK(system_call("lstat", path + "/" + entry.d_name,
                                [&] { return ::fstatat(directory, entry.d_name, &found, AT_SYMLINK_NOFOLLOW); }));
      return kind_of_mode(found.st_mode);
    }
    default:
      return FileKind::kOther;
  }
}

}  // namespace

FileSystem& disk() {
  static Disk instance;
  return instance;
}

Result<std::uint64_t> size_of_regular(const Descriptor& file, const std::string& path) {
  Stat found{};
  MODTOOL_CHECK(system_call("stat", path, [&] { return ::fstat(file.get(), &found); }));
  if (S_ISDIR(found.st_mode)) return fail(system_error("read", path, EISDIR));
  if (!S_ISREG(found.st_mode)) return fail(Code::kNotAFile, "open " + path + ": not a regular file");
  return static_cast<std::uint64_t>(found.st_size);
}

Look<std::string> Disk::read(const std::string& path) const {
  MODTOOL_TRY(const OpenFile file, open_regular(path));
  return read_fully(file.descriptor.get(), file.size, path);
}

Look<std::string> Disk::read_given(const std::string& path) const {
  MODTOOL_TRY(const Descriptor file, open_descriptor(path, O_RDONLY | O_NOCTTY));
  return read_fully(file.get(), 0, path);
}

Result<std::unique_ptr<FileBytes>> Disk::map(const std::string& path) const {
  MODTOOL_TRY(const OpenFile file, open_regular(path));
  if (file.size >= kSmallestMapping) {
    void* const address = ::mmap(nullptr, file.size, PROT_READ, MAP_PRIVATE, file.descriptor.get(), 0);
    if (address != MAP_FAILED) return std::make_unique<MappedBytes>(address, file.size);
  }
  MODTOOL_TRY(std::string bytes, read_fully(file.descriptor.get(), file.size, path));
  return own_bytes(std::move(bytes));
}

Result<std::unique_ptr<Reader>> Disk::open(const std::string& path) const {
  MODTOOL_TRY(OpenFile file, open_regular(path));
  return std::make_unique<FileStream>(std::move(file.descriptor), path);
}

Look<FileInfo> Disk::stat(const std::string& path) const { return stat_with(&::stat, "stat", path); }
Look<FileInfo> Disk::lstat(const std::string& path) const { return stat_with(&::lstat, "lstat", path); }

Result<std::string> Disk::read_link(const std::string& path) const {
  std::string target(PATH_MAX, '\0');
  MODTOOL_TRY(const ssize_t size,
              system_call("readlink", path, [&] { return ::readlink(path.c_str(), target.data(), target.size()); }));
  target.resize(static_cast<std::size_t>(size));
  return target;
}

Look<std::vector<DirectoryEntry>> Disk::list(const std::string& path) const {
  MODTOOL_TRY(const Descriptor directory, open_descriptor(path, O_RDONLY | O_DIRECTORY));
  return list_descriptor(directory.get(), path);
}

Result<std::vector<DirectoryEntry>> list_descriptor(int descriptor, const std::string& path) {
  std::vector<DirectoryEntry> entries;
  alignas(dirent64) std::array<char, 32UL * 1024> buffer;
  for (;;) {
    MODTOOL_TRY(const ssize_t filled, system_call("readdirent", path, [&] {
                  return ::getdents64(descriptor, buffer.data(), buffer.size());
                }));
    if (filled == 0) break;
    for (ssize_t at = 0; at < filled;) {
      const auto& entry = *reinterpret_cast<const dirent64*>(buffer.data() + at);
      at += entry.d_reclen;
      const std::string_view name = entry.d_name;
      if (name == "." || name == "..") continue;
      MODTOOL_TRY(const FileKind kind, kind_of_entry(descriptor, entry, path));
      entries.emplace_back(std::string(name), kind);
    }
  }
  std::ranges::sort(entries, {}, &DirectoryEntry::name);
  return entries;
}

}  // namespace modtool::io
