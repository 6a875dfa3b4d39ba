// The machine's own file system, over POSIX and Linux calls. Its sources are disk.cpp (reading), disk_beneath.cpp
// (reading without following links), disk_write.cpp, disk_remove.cpp and disk_lock.cpp.
#pragma once

#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/file_system.hpp"

namespace modtool::io {

class Descriptor;

class Disk final : public FileSystem {
 public:
  Look<std::string> read(const std::string& path) const override;
  Look<std::string> read_given(const std::string& path) const override;
  Result<std::unique_ptr<FileBytes>> map(const std::string& path) const override;
  Result<std::unique_ptr<Reader>> open(const std::string& path) const override;
  Look<FileInfo> stat(const std::string& path) const override;
  Look<FileInfo> lstat(const std::string& path) const override;
  Result<std::string> read_link(const std::string& path) const override;
  Look<std::vector<DirectoryEntry>> list(const std::string& path) const override;
  Look<std::vector<DirectoryEntry>> list_beneath(const std::string& root, const std::string& relative) const override;
  Look<std::string> read_beneath(const std::string& root, const std::string& relative) const override;

  Result<void> write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode) override;
  Result<void> write_unsynced(const std::string& path, std::string_view bytes) override;
  std::vector<std::string> unsynced() const override;
  void remove_leftovers(const std::string& directory) override;
  Result<void> write_new(const std::string& path, std::string_view bytes, std::uint32_t mode) override;
  Result<std::unique_ptr<Writer>> create(const std::string& path, std::uint32_t mode) override;
  Result<void> make_link(const std::string& target, const std::string& path) override;
  Result<void> make_directories(const std::string& path) override;
  Result<std::string> make_temp_directory(const std::string& parent, const std::string& prefix) override;
  Result<void> remove_all(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> exchange(const std::string& a, const std::string& b) override;
  Result<void> set_mode(const std::string& path, std::uint32_t mode) override;
  Result<void> sync_file_system(const std::string& path) override;
  Result<std::unique_ptr<FileLock>> lock(const std::string& path, const Cancellation& cancellation,
                                         const std::function<void()>& on_wait) override;

 private:
  mutable std::mutex mutex_;
  std::set<std::string> unsynced_;
};

// The size of an open file. Code::kNotAFile, kIsADirectory; `path` is for the error.
Result<std::uint64_t> size_of_regular(const Descriptor& file, const std::string& path);

// The entries of an open directory from where it stands, sorted; `path` is for the error.
Result<std::vector<DirectoryEntry>> list_descriptor(int descriptor, const std::string& path);

}  // namespace modtool::io
