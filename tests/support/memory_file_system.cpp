#include "tests/support/memory_file_system.hpp"

#include <deque>

#include "core/base/text.hpp"
#include "core/io/system_call.hpp"

namespace modtool::test {
namespace {

using io::DirectoryEntry;
using io::FileKind;
using io::system_error;

}  // namespace

// The part before the last slash; that of "/a" is the root, "".
std::string MemoryFileSystem::parent_of(const std::string& full) { return full.substr(0, full.rfind('/')); }

MemoryFileSystem::MemoryFileSystem() { nodes_[""] = {.kind = FileKind::kDirectory, .mode = 0755}; }

std::map<std::string, std::string> MemoryFileSystem::files() const {
  const std::lock_guard guard(mutex_);
  std::map<std::string, std::string> files;
  for (const auto& [path, node] : nodes_) {
    if (node.kind == FileKind::kRegular) files[path] = node.bytes;
  }
  return files;
}

std::vector<std::string> MemoryFileSystem::read_paths() const {
  const std::lock_guard guard(mutex_);
  return read_paths_;
}

std::vector<std::string> MemoryFileSystem::written_paths() const {
  const std::lock_guard guard(mutex_);
  return written_paths_;
}

void MemoryFileSystem::clear_paths() {
  const std::lock_guard guard(mutex_);
  read_paths_.clear();
  written_paths_.clear();
}

// The place a path leads to, as the kernel walks it: all but the last component must be there.
Result<std::string> MemoryFileSystem::resolve(std::string_view operation, const std::string& path, Last last) const {
  if (path.empty()) return fail(system_error(operation, path, ENOENT));
  std::deque<std::string> left;
  for (const auto name : split(path, '/')) left.emplace_back(name);
  std::string at;
  for (int links = 0; !left.empty();) {
    const std::string name = std::move(left.front());
    left.pop_front();
    if (name.empty() || name == ".") continue;
    const auto here = nodes_.find(at);
    if (here == nodes_.end()) return fail(system_error(operation, path, ENOENT));
    if (here->second.kind != FileKind::kDirectory) return fail(system_error(operation, path, ENOTDIR));
    const std::string next = name == ".." ? parent_of(at) : at + "/" + name;
    const auto found = nodes_.find(next);
    const bool is_link = found != nodes_.end() && found->second.kind == FileKind::kSymlink;
    if (!is_link || (left.empty() && last == Last::kKeep)) {
      at = next;
      continue;
    }
    if (++links > 40) return fail(system_error(operation, path, ELOOP));
    if (io::is_absolute(found->second.bytes)) at.clear();
    const auto target = split(found->second.bytes, '/');
    left.insert(left.begin(), target.begin(), target.end());
  }
  return at;
}

Result<const MemoryFileSystem::Node*> MemoryFileSystem::find(std::string_view operation, const std::string& path,
                                                             Last last) const {
  MODTOOL_TRY(const std::string full, resolve(operation, path, last));
  const auto found = nodes_.find(full);
  if (found == nodes_.end()) return fail(system_error(operation, path, ENOENT));
  return &found->second;
}

Result<std::string> MemoryFileSystem::read_node(const std::string& path) const {
  MODTOOL_TRY(const std::string full, resolve("open", path, Last::kFollow));
  MODTOOL_TRY(const Node* const node, find("open", path, Last::kFollow));
  if (node->kind == FileKind::kDirectory) return fail(system_error("read", path, EISDIR));
  if (node->kind != FileKind::kRegular) return fail(Code::kNotAFile, "open " + path + ": not a regular file");
  read_paths_.push_back(full);
  return node->bytes;
}

Result<std::vector<DirectoryEntry>> MemoryFileSystem::list_node(const std::string& path) const {
  MODTOOL_TRY(const std::string full, resolve("open", path, Last::kFollow));
  MODTOOL_TRY(const Node* const node, find("open", path, Last::kFollow));
  if (node->kind != FileKind::kDirectory) return fail(system_error("open", path, ENOTDIR));
  const std::string prefix = full + "/";
  std::vector<DirectoryEntry> entries;
  for (auto at = nodes_.upper_bound(prefix); at != nodes_.end() && at->first.starts_with(prefix); ++at) {
    const std::string name = at->first.substr(prefix.size());
    if (name.find('/') == std::string::npos) entries.emplace_back(name, at->second.kind);
  }
  return entries;
}

// Checks every component from the root on; what is returned can be read without a link being followed.
Result<std::string> MemoryFileSystem::resolve_beneath(const std::string& root, const std::string& relative) const {
  const std::string from_root = "./" + relative;
  std::string at = root;
  for (const auto name : split(from_root, '/')) {
    if (name == "..") return fail(Code::kIo, "open " + root + "/" + relative + ": path escapes from parent");
    if (!name.empty() && name != ".") at += "/" + std::string(name);
    MODTOOL_TRY(const Node* const node, find("open", at, Last::kKeep));
    if (node->kind == FileKind::kSymlink) return fail(system_error("open", at, ELOOP));
  }
  return at;
}

io::Look<std::string> MemoryFileSystem::read(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  return read_node(path);
}

Result<std::unique_ptr<io::FileBytes>> MemoryFileSystem::map(const std::string& path) const {
  MODTOOL_TRY(std::string bytes, read(path).required());
  return io::own_bytes(std::move(bytes));
}

Result<std::unique_ptr<Reader>> MemoryFileSystem::open(const std::string& path) const {
  MODTOOL_TRY(std::string bytes, read(path).required());
  return make_string_reader(std::move(bytes));
}

io::Look<io::FileInfo> MemoryFileSystem::stat(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const Node* const node, find("stat", path, Last::kFollow));
  return io::FileInfo{node->kind, node->bytes.size(), node->mode, node->modified_ns};
}

io::Look<io::FileInfo> MemoryFileSystem::lstat(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const Node* const node, find("lstat", path, Last::kKeep));
  return io::FileInfo{node->kind, node->bytes.size(), node->mode, node->modified_ns};
}

Result<std::string> MemoryFileSystem::read_link(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const Node* const node, find("readlink", path, Last::kKeep));
  if (node->kind != FileKind::kSymlink) return fail(system_error("readlink", path, EINVAL));
  return node->bytes;
}

io::Look<std::vector<DirectoryEntry>> MemoryFileSystem::list(const std::string& path) const {
  const std::lock_guard guard(mutex_);
  return list_node(path);
}

io::Look<std::vector<DirectoryEntry>> MemoryFileSystem::list_beneath(const std::string& root,
                                                                     const std::string& relative) const {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const std::string path, resolve_beneath(root, relative));
  return list_node(path);
}

io::Look<std::string> MemoryFileSystem::read_beneath(const std::string& root, const std::string& relative) const {
  const std::lock_guard guard(mutex_);
  MODTOOL_TRY(const std::string path, resolve_beneath(root, relative));
  return read_node(path);
}

}  // namespace modtool::test
