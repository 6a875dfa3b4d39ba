// A file system in front of another one that fails on demand: for tests that let every single call fail once and see
// that nothing is lost.
//
//   for (std::size_t n = 0;; ++n) {
//     FaultyFileSystem files(inner, {.call = n});
//     … run the operation …
//     if (!files.has_failed()) break;  // it makes no more than n calls: all have had their turn
//   }
#pragma once

#include <atomic>
#include <cstddef>

#include "core/io/file_system.hpp"

namespace modtool::test {

struct Fault {
  enum class Counted { kMutating, kAll };     // which calls are counted: those that change something, or every one
  enum class Lasting { kOnce, kFromThenOn };  // kFromThenOn is what a process sees that is about to be killed

  std::size_t call = 0;  // the call that fails, from 0
  Counted counted = Counted::kMutating;
  Lasting lasting = Lasting::kOnce;
};

// Fails with Code::kIo without calling `inner`, which must outlive it. May be used from several threads at once.
class FaultyFileSystem final : public io::FileSystem {
 public:
  FaultyFileSystem(io::FileSystem& inner, Fault fault) : inner_(inner), fault_(fault) {}

  bool has_failed() const { return calls_ > fault_.call; }
  // Counted calls so far.
  std::size_t calls() const { return calls_; }

  Result<std::string> read(const std::string& path) const override;
  Result<std::unique_ptr<io::FileBytes>> map(const std::string& path) const override;
  Result<std::unique_ptr<Reader>> open(const std::string& path) const override;
  Result<io::FileInfo> stat(const std::string& path) const override;
  Result<io::FileInfo> lstat(const std::string& path) const override;
  Result<std::string> read_link(const std::string& path) const override;
  Result<std::vector<io::DirectoryEntry>> list(const std::string& path) const override;
  Result<std::vector<io::DirectoryEntry>> list_beneath(const std::string& root,
                                                       const std::string& relative) const override;
  Result<std::string> read_beneath(const std::string& root, const std::string& relative) const override;

  Result<void> write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) override;
  Result<void> write_new(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) override;
  Result<std::unique_ptr<io::Writer>> create(const std::string& path, std::uint32_t mode = 0666) override;
  Result<void> make_link(const std::string& target, const std::string& path) override;
  Result<void> make_directories(const std::string& path) override;
  Result<std::string> make_temp_directory(const std::string& parent, const std::string& prefix) override;
  Result<void> remove_all(const std::string& path) override;
  Result<void> rename(const std::string& from, const std::string& to) override;
  Result<void> exchange(const std::string& a, const std::string& b) override;
  Result<void> set_mode(const std::string& path, std::uint32_t mode) override;
  Result<void> sync_file_system(const std::string& path) override;
  Result<std::unique_ptr<io::FileLock>> lock(const std::string& path, const Cancellation& cancellation,
                                             const std::function<void()>& on_wait) override;

 private:
  class FaultyWriter;
  class FaultyReader;

  Result<void> count(Fault::Counted kind, std::string_view operation, std::string_view path) const;
  Result<void> count_read(std::string_view operation, std::string_view path) const;
  Result<void> count_change(std::string_view operation, std::string_view path) const;

  io::FileSystem& inner_;
  Fault fault_;
  mutable std::atomic<std::size_t> calls_{0};
};

}  // namespace modtool::test
