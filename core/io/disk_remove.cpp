#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/io/disk.hpp"
#include "core/io/system_call.hpp"

namespace modtool::io {
namespace {

using Stat = struct ::stat;

// Lets the owner change the directory; module caches hold read-only ones.
bool make_writable(int directory) {
  Stat found{};
  if (::fstat(directory, &found) != 0 || (found.st_mode & S_IRWXU) == S_IRWXU) return false;
  return ::fchmod(directory, (found.st_mode & 07777U) | S_IRWXU) == 0;
}

Result<void> unlink_at(int directory, const std::string& name, int flags, const std::string& path) {
  const auto unlink = [&] { return ::unlinkat(directory, name.c_str(), flags); };
  auto removed = system_call("unlinkat", path, unlink);
  if (!removed && removed.error().code == Code::kPermission && directory != AT_FDCWD && make_writable(directory)) {
    removed = system_call("unlinkat", path, unlink);
  }
  // Another process may remove the same tree.
  if (!removed && removed.error().code != Code::kFileNotFound) return fail(std::move(removed).error());
  return {};
}

// Opens a directory to empty it; one that its owner may not read is made readable first.
Result<Descriptor> open_to_empty(int parent, const std::string& name, const std::string& path) {
  const auto open = [&] { return ::openat(parent, name.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC); };
  auto opened = system_call("open", path, open);
  if (!opened && opened.error().code == Code::kPermission &&
      ::fchmodat(parent, name.c_str(), S_IRWXU, AT_SYMLINK_NOFOLLOW) == 0) {
    opened = system_call("open", path, open);
  }
  if (!opened) return fail(std::move(opened).error());
  return Descriptor(*opened);
}

// Takes the directories in a directory up into the one above it, which both are about to be removed; `count` makes
// their names. A name that is taken by a directory with something in it is not used.
Result<void> take_up(int from, const std::string& name, int to, std::size_t& count, const std::string& path) {
  for (;;) {
    const std::string fresh = "removed-" + std::to_string(count++);
    const auto move = [&] { return ::renameat(from, name.c_str(), to, fresh.c_str()); };
    auto moved = system_call("rename", path, move);
    if (!moved && moved.error().code == Code::kPermission && ::fchmodat(from, name.c_str(), S_IRWXU, 0) == 0) {
      moved = system_call("rename", path, move);
    }
    if (moved) return {};
    if (moved.error().code == Code::kFileExists || moved.error().code == Code::kNotADirectory) continue;
    if (moved.error().code == Code::kFileNotFound) return {};
    return fail(std::move(moved).error());
  }
}

// Empties one directory in `top`, whose directories move up into `top`, and removes it.
Result<void> flatten(int top, const std::string& name, std::size_t& count, const std::string& path) {
  auto directory = open_to_empty(top, name, path);
  if (!directory && directory.error().code == Code::kFileNotFound) return {};
  if (!directory) return fail(std::move(directory).error());
  MODTOOL_TRY(const auto entries, list_descriptor(directory->get(), path));
  for (const auto& entry : entries) {
    const std::string below = path + "/" + entry.name;
    MODTOOL_CHECK(entry.kind == FileKind::kDirectory ? take_up(directory->get(), entry.name, top, count, below)
                                                     : unlink_at(directory->get(), entry.name, 0, below));
  }
  return unlink_at(top, name, AT_REMOVEDIR, path);
}

// Empties a directory however deep it is, with two descriptors and no recursion.
Result<void> empty_deep(const std::string& path, int top) {
  for (std::size_t count = 0;;) {
    if (::lseek(top, 0, SEEK_SET) != 0) return fail(system_error("seek", path, errno));
    MODTOOL_TRY(const auto entries, list_descriptor(top, path));
    if (entries.empty()) return {};
    for (const auto& entry : entries) {
      const std::string below = path + "/" + entry.name;
      MODTOOL_CHECK(entry.kind == FileKind::kDirectory ? flatten(top, entry.name, count, below)
                                                       : unlink_at(top, entry.name, 0, below));
    }
  }
}

// So deep are trees removed with a descriptor and a stack frame for each level.
constexpr int kDeepest = 64;

Result<void> remove_tree(int parent, const std::string& name, const std::string& path, int depth);

Result<void> remove_entry(int parent, const DirectoryEntry& entry, const std::string& path, int depth) {
  if (entry.kind == FileKind::kDirectory) return remove_tree(parent, entry.name, path, depth);
  return unlink_at(parent, entry.name, 0, path);
}

Result<void> remove_tree(int parent, const std::string& name, const std::string& path, int depth) {
  auto directory = open_to_empty(parent, name, path);
  if (!directory && directory.error().code == Code::kFileNotFound) return {};
  if (!directory) return fail(std::move(directory).error());
  if (depth == kDeepest) {
    MODTOOL_CHECK(empty_deep(path, directory->get()));
    return unlink_at(parent, name, AT_REMOVEDIR, path);
  }
  MODTOOL_TRY(const auto entries, list_descriptor(directory->get(), path));
  for (const auto& entry : entries) {
    MODTOOL_CHECK(remove_entry(directory->get(), entry, path + "/" + entry.name, depth + 1));
  }
  return unlink_at(parent, name, AT_REMOVEDIR, path);
}

}  // namespace

Result<void> Disk::remove_all(const std::string& path) {
  MODTOOL_TRY(const auto there, lstat(path).if_there());
  if (!there) return {};
  return remove_entry(AT_FDCWD, {.name = path, .kind = there->kind}, path, 0);
}

}  // namespace modtool::io
