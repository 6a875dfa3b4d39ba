// The part of MemoryFileSystem that changes things.
#include <chrono>
#include <iterator>
#include <thread>

#include "core/base/cancellation.hpp"
#include "core/base/text.hpp"
#include "core/io/system_call.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::test {
namespace {

using io::FileKind;
using io::system_error;

std::string full_path(const std::string& path) {
  std::string full = io::clean_path("/" + path);
  return full == "/" ? "" : full;
}

}  // namespace

// Hands the bytes over when it is closed.
class MemoryFileSystem::MemoryWriter final : public io::Writer {
 public:
  MemoryWriter(MemoryFileSystem& files, std::string path) : files_(files), path_(std::move(path)) {}
  Result<void> write(std::string_view bytes) override {
    bytes_ += bytes;
    return {};
  }
  Result<void> close() override {
    const std::lock_guard guard(files_.mutex_);
    return files_.put(path_, bytes_, 0666);
  }

 private:
  MemoryFileSystem& files_;
  std::string path_;
  std::string bytes_;
};

class MemoryFileSystem::MemoryLock final : public io::FileLock {
 public:
  MemoryLock(MemoryFileSystem& files, std::string full) : files_(files), full_(std::move(full)) {}
  MemoryLock(const MemoryLock&) = delete;
  MemoryLock& operator=(const MemoryLock&) = delete;
  ~MemoryLock() override {
    const std::lock_guard guard(files_.mutex_);
    files_.locked_.erase(full_);
  }

 private:
  MemoryFileSystem& files_;
  std::string full_;
};

void MemoryFileSystem::add(const std::string& path, std::string bytes, std::uint32_t mode) {
  add_directory(io::directory_of("/" + path));
  touch(full_path(path)) = {.bytes = std::move(bytes), .mode = mode, .modified_ns = time_ns_};
}

void MemoryFileSystem::add_directory(const std::string& path) {
  const std::lock_guard guard(mutex_);
  [[maybe_unused]] const auto made = make_parents(full_path(path) + "/x");
}

void MemoryFileSystem::add_link(const std::string& path, std::string target) {
  add_directory(io::directory_of("/" + path));
  touch(full_path(path)) = {.kind = FileKind::kSymlink, .bytes = std::move(target), .mode = 0777};
}

void MemoryFileSystem::add_special(const std::string& path) {
  add_directory(io::directory_of("/" + path));
  touch(full_path(path)).kind = FileKind::kOther;
}

void MemoryFileSystem::set_time(std::int64_t nanoseconds) {
  const std::lock_guard guard(mutex_);
  time_ns_ = nanoseconds;
}

MemoryFileSystem::Node& MemoryFileSystem::touch(const std::string& full) {
  Node& node = nodes_[full];
  node.modified_ns = time_ns_++;
  return node;
}

// Writes a file whose directory must be there; an old one keeps its mode.
Result<void> MemoryFileSystem::put(const std::string& path, std::string_view bytes, std::uint32_t mode,
                                   Durability durability) {
  MODTOOL_TRY(const std::string full, resolve("open", path, Last::kFollow));
  const auto found = nodes_.find(full);
  const auto parent = nodes_.find(parent_of(full));
  if (parent == nodes_.end()) return fail(system_error("open", path, ENOENT));
  if (found != nodes_.end() && found->second.kind == FileKind::kDirectory) {
    return fail(system_error("open", path, EISDIR));
  }
  constexpr std::uint32_t kUmask = 022;
  const std::uint32_t kept = found == nodes_.end() ? mode & ~kUmask : found->second.mode;
  Node& node = touch(full);
  node.bytes = bytes;
  node.mode = kept;
  node.is_synced = durability == Durability::kSynced;
  written_paths_.push_back(full);
  return {};
}

Result<void> MemoryFileSystem::write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  const std::lock_guard guard(mutex_);
  return put(path, bytes, mode, Durability::kSynced);
}

Result<void> MemoryFileSystem::write_unsynced(const std::string& path, std::string_view bytes) {
  const std::lock_guard guard(mutex_);
  return put(path, bytes, 0666);
}

Result<void> MemoryFileSystem::write_new(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  const std::lock_guard guard(mutex_);
  if (find("open", path, Last::kKeep)) return fail(system_error("open", path, EEXIST));
  return put(path, bytes, mode);
}

Result<void> MemoryFileSystem::make_link(const std::string& target, const std::string& path) {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const std::string full, resolve("symlink", path, Last::kKeep));
  if (!nodes_.contains(parent_of(full))) return fail(system_error("symlink", path, ENOENT));
  if (nodes_.contains(full)) return fail(system_error("symlink", path, EEXIST));
  touch(full) = {.kind = FileKind::kSymlink, .bytes = target, .mode = 0777};
  written_paths_.push_back(full);
  return {};
}

Result<std::unique_ptr<io::Writer>> MemoryFileSystem::create(const std::string& path, std::uint32_t mode) {
  const std::lock_guard guard(mutex_);
  MODTOOL_CHECK(put(path, "", mode));
  return std::make_unique<MemoryWriter>(*this, path);
}

// Makes the directories above `full`.
Result<void> MemoryFileSystem::make_parents(const std::string& full) {
  for (auto slash = full.find('/', 1); slash != std::string::npos; slash = full.find('/', slash + 1)) {
    const std::string directory = full.substr(0, slash);
    if (const auto found = find("mkdir", directory, Last::kFollow)) {
      if ((*found)->kind != FileKind::kDirectory) return fail(system_error("mkdir", directory, ENOTDIR));
      continue;
    }
    MODTOOL_TRY(const std::string place, resolve("mkdir", directory, Last::kFollow));
    Node& node = touch(place);
    node.kind = FileKind::kDirectory;
    node.mode = 0755;
  }
  return {};
}

Result<void> MemoryFileSystem::make_directories(const std::string& path) {
  const std::lock_guard guard(mutex_);
  return make_parents(full_path(path) + "/x");
}

Result<std::string> MemoryFileSystem::make_temp_directory(const std::string& parent, const std::string& prefix) {
  const std::lock_guard guard(mutex_);
  const std::string path = io::join_path(parent, prefix + std::to_string(++temporary_));
  MODTOOL_TRY(const Node* const above, find("mkdir", parent, Last::kFollow));
  if (above->kind != FileKind::kDirectory) return fail(system_error("mkdir", path, ENOTDIR));
  MODTOOL_CHECK(make_parents(full_path(path) + "/x"));
  return path;
}

// Takes a file, or a directory with what is below it, out of the tree.
MemoryFileSystem::Nodes MemoryFileSystem::take_tree(const std::string& full) {
  Nodes tree;
  for (auto at = nodes_.lower_bound(full); at != nodes_.end() && at->first.starts_with(full);) {
    const auto next = std::next(at);
    if (has_path_prefix(at->first, full)) tree.insert(nodes_.extract(at));
    at = next;
  }
  return tree;
}

void MemoryFileSystem::place_tree(const std::string& full, const std::string& old, Nodes tree) {
  for (auto& [path, node] : tree) nodes_[full + path.substr(old.size())] = std::move(node);
}

Result<void> MemoryFileSystem::remove_all(const std::string& path) {
  const std::lock_guard guard(mutex_);
  const auto full = resolve("unlinkat", path, Last::kKeep);
  if (full) take_tree(*full);
  if (full || full.error().code == Code::kFileNotFound) return {};
  return fail(full.error());
}

Result<void> MemoryFileSystem::rename(const std::string& from, const std::string& to) {
  const std::lock_guard guard(mutex_);
  const std::string both = from + " " + to;
  MODTOOL_TRY(const std::string source, resolve("rename", from, Last::kKeep));
  MODTOOL_TRY(const std::string target, resolve("rename", to, Last::kKeep));
  const auto moved = nodes_.find(source);
  const auto replaced = nodes_.find(target);
  if (moved == nodes_.end() || !nodes_.contains(parent_of(target))) return fail(system_error("rename", both, ENOENT));
  if (source == target) return {};
  if (has_path_prefix(target, source)) return fail(system_error("rename", both, EINVAL));
  if (replaced != nodes_.end()) {
    const bool moves_directory = moved->second.kind == FileKind::kDirectory;
    const bool onto_directory = replaced->second.kind == FileKind::kDirectory;
    if (moves_directory && !onto_directory) return fail(system_error("rename", both, ENOTDIR));
    if (!moves_directory && onto_directory) return fail(system_error("rename", both, EISDIR));
    const auto below = std::next(replaced);
    if (below != nodes_.end() && below->first.starts_with(target + "/")) {
      return fail(system_error("rename", both, ENOTEMPTY));
    }
  }
  take_tree(target);
  place_tree(target, source, take_tree(source));
  written_paths_.push_back(target);
  return {};
}

void MemoryFileSystem::forbid_exchange() {
  const std::lock_guard guard(mutex_);
  can_exchange_ = false;
}

Result<void> MemoryFileSystem::exchange(const std::string& a, const std::string& b) {
  const std::lock_guard guard(mutex_);
  if (!can_exchange_) return fail(Code::kNotSupported, "exchange " + a + " " + b + ": not supported");
  MODTOOL_TRY(const std::string first, resolve("exchange", a, Last::kKeep));
  MODTOOL_TRY(const std::string second, resolve("exchange", b, Last::kKeep));
  if (!nodes_.contains(first) || !nodes_.contains(second)) return fail(system_error("exchange", a + " " + b, ENOENT));
  Nodes from_first = take_tree(first);
  Nodes from_second = take_tree(second);
  place_tree(second, first, std::move(from_first));
  place_tree(first, second, std::move(from_second));
  written_paths_.insert(written_paths_.end(), {first, second});
  return {};
}

Result<void> MemoryFileSystem::set_mode(const std::string& path, std::uint32_t mode) {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const std::string full, resolve("chmod", path, Last::kFollow));
  MODTOOL_CHECK(find("chmod", path, Last::kFollow));
  nodes_[full].mode = mode;
  return {};
}

Result<void> MemoryFileSystem::sync_file_system(const std::string& path) {
  const std::lock_guard guard(mutex_);
  MODTOOL_CHECK(find("open", path, Last::kFollow));
  for (auto& [full, node] : nodes_) node.is_synced = true;
  return {};
}

void MemoryFileSystem::cut_power() {
  const std::lock_guard guard(mutex_);
  for (auto& [full, node] : nodes_) {
    if (node.kind == FileKind::kRegular && !node.is_synced) node.bytes.clear();
  }
}

Result<std::unique_ptr<io::FileLock>> MemoryFileSystem::lock(const std::string& path, const Cancellation& cancellation,
                                                             const std::function<void()>& on_wait) {
  for (bool is_first = true;; is_first = false) {
    {
      const std::lock_guard guard(mutex_);
      if (!find("open", path, Last::kFollow)) MODTOOL_CHECK(put(path, "", 0666));
      MODTOOL_TRY(std::string full, resolve("open", path, Last::kFollow));
      if (locked_.insert(full).second) return std::make_unique<MemoryLock>(*this, std::move(full));
    }
    MODTOOL_CHECK(cancellation.check());
    if (is_first && on_wait) on_wait();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace modtool::test
