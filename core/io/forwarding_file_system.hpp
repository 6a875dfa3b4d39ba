// A file system in front of another one: what is made of it overrides what it does otherwise.
#pragma once

#include "core/io/file_system.hpp"

namespace modtool::io {

// Hands every call on to the file system below, which must outlive it.
class ForwardingFileSystem : public FileSystem {
 public:
  explicit ForwardingFileSystem(FileSystem& below) : below_(below) {}

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

  Result<void> write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) override;
  Result<void> write_unsynced(const std::string& path, std::string_view bytes) override;
  std::vector<std::string> unsynced() const override { return below_.unsynced(); }
  void remove_leftovers(const std::string& directory) override { below_.remove_leftovers(directory); }
  Result<void> write_new(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) override;
  Result<std::unique_ptr<Writer>> create(const std::string& path, std::uint32_t mode = 0666) override;
  Result<void> make_link(const std::string& target, const std::string& path) override;
  Result<void> make_directories(const std::string& path) override;
  Result<std::string> make_temp_directory(const std::string& parent, const std::string& prefix) override;
  Result<void> remove_all(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> exchange(const std::string& a, const std::string& b) override;
  Result<void> set_mode(const std::string& path, std::uint32_t mode) override;
  Result<void> sync_file_system(const std::string& path) override;
  Result<std::unique_ptr<FileLock>> lock(const std::string& path, const Cancellation& cancellation,
                                         const std::function<void()>& on_wait = {}) override;

 protected:
  // Asked before every call, by the name of the system's operation: a failure is what the call gives then.
  virtual Result<void> before_read(std::string_view operation, const std::string& path) const;
  virtual Result<void> before_change(std::string_view operation, const std::string& path) const;

  FileSystem& below() const { return below_; }

 private:
  FileSystem& below_;
};

}  // namespace modtool::io
