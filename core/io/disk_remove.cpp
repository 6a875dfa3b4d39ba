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

Result<void> remove_tree(int parent, const std::string& name, const std::string& path);

Result<void> remove_entry(int parent, const DirectoryEntry& entry, const std::string& path) {
  if (entry.kind == FileKind::kDirectory) return remove_tree(parent, entry.name, path);
  return unlink_at(parent, entry.name, 0, path);
}

Result<void> remove_tree(int parent, const std::string& name, const std::string& path) {
  auto directory = open_to_empty(parent, name, path);
  if (!directory && directory.error().code == Code::kFileNotFound) return {};
  if (!directory) return fail(std::move(directory).error());
  MODTOOL_TRY(const auto entries, list_descriptor(directory->get(), path));
  for (const auto& entry : entries) {
    MODTOOL_CHECK(remove_entry(directory->get(), entry, path + "/" + entry.name));
  }
  return unlink_at(parent, name, AT_REMOVEDIR, path);
}

}  // namespace

Result<void> Disk::remove_all(const std::string& path) {
  const auto there = lstat(path);
  if (!there) {
    if (there.error().code == Code::kFileNotFound) return {};
    return fail(there.error());
  }
  return remove_entry(AT_FDCWD, {.name = path, .kind = there->kind}, path);
}

}  // namespace modtool::io
