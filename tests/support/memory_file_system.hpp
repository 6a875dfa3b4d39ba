// A file system in memory, with links, modes and a clock of its own. It writes down which files were read and written,
// so that a test can say what a command touched. Errors are worded as the disk's are. Its sources are
// memory_file_system.cpp (looking) and memory_file_system_changes.cpp.
#pragma once

#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/io/file_system.hpp"

namespace modtool::test {

// The working directory is "/": "a/b" and "/a/b" are the same file. May be used from several threads at once.
class MemoryFileSystem final : public io::FileSystem {
 public:
  MemoryFileSystem();

  // Builds a tree; parents are made. None of these is written down as a write.
  void add(const std::string& path, std::string bytes, std::uint32_t mode = 0644);
  void add_directory(const std::string& path);
  void add_link(const std::string& path, std::string target);
  // A FIFO, socket or device.
  void add_special(const std::string& path);

  // All regular files by full path, for comparing whole trees.
  std::map<std::string, std::string> files() const;
  // The full paths of the files whose bytes were read or written since the beginning or the last clear, in order.
  std::vector<std::string> read_paths() const;
  std::vector<std::string> written_paths() const;
  void clear_paths();

  // Makes `exchange` fail with Code::kNotSupported, as file systems do that have no such call.
  void forbid_exchange();

  // What a power cut leaves: all names, but no bytes of the files that were not synced, neither one by one
  // (write_atomic) nor with their file system.
  void cut_power();

  // What the next change takes as its time; each change moves the clock on by one.
  void set_time(std::int64_t nanoseconds);

  io::Look<std::string> read(const std::string& path) const override;
  Result<std::unique_ptr<io::FileBytes>> map(const std::string& path) const override;
  Result<std::unique_ptr<Reader>> open(const std::string& path) const override;
  io::Look<io::FileInfo> stat(const std::string& path) const override;
  io::Look<io::FileInfo> lstat(const std::string& path) const override;
  Result<std::string> read_link(const std::string& path) const override;
  io::Look<std::vector<io::DirectoryEntry>> list(const std::string& path) const override;
  io::Look<std::vector<io::DirectoryEntry>> list_beneath(const std::string& root,
                                                         const std::string& relative) const override;
  io::Look<std::string> read_beneath(const std::string& root, const std::string& relative) const override;

  Result<void> write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode = 0666) override;
  Result<void> write_unsynced(const std::string& path, std::string_view bytes) override;
  void remove_leftovers(const std::string& /*directory*/) override {}
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
  struct Node {
    io::FileKind kind = io::FileKind::kRegular;
    std::string bytes;  // of a link: its target
    std::uint32_t mode = 0644;
    std::int64_t modified_ns = 0;
    bool is_synced = true;
  };
  using Nodes = std::map<std::string, Node>;  // by full path; the root is ""
  enum class Last { kFollow, kKeep };         // what is done with a link at the end of a path
  enum class Durability { kUnsynced, kSynced };
  class MemoryWriter;
  class MemoryLock;

  static std::string parent_of(const std::string& full);

  // All of these expect mutex_ to be held.
  Result<std::string> resolve(std::string_view operation, const std::string& path, Last last) const;
  Result<const Node*> find(std::string_view operation, const std::string& path, Last last) const;
  Result<std::string> read_node(const std::string& path) const;
  Result<std::vector<io::DirectoryEntry>> list_node(const std::string& path) const;
  Result<std::string> resolve_beneath(const std::string& root, const std::string& relative) const;
  Result<void> put(const std::string& path, std::string_view bytes, std::uint32_t mode,
                   Durability durability = Durability::kUnsynced);
  Result<void> make_parents(const std::string& full);
  Node& touch(const std::string& full);
  Nodes take_tree(const std::string& full);
  void place_tree(const std::string& full, const std::string& old, Nodes tree);

  mutable std::mutex mutex_;
  Nodes nodes_;
  std::set<std::string> locked_;
  mutable std::vector<std::string> read_paths_;
  std::vector<std::string> written_paths_;
  std::int64_t time_ns_ = 1'000'000'000;
  int temporary_ = 0;
  bool can_exchange_ = true;
};

}  // namespace modtool::test
