#include "core/io/place.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "core/io/file_system.hpp"
#include "core/io/system_call.hpp"

namespace modtool::io {
namespace {

// Nothing where nothing is there.
Result<bool> is_there(const std::string& path, struct stat& info) {
  const auto outcome = system_call("stat", path, [&] { return ::stat(path.c_str(), &info); });
  if (outcome) return true;
  if (outcome.error().code == Code::kFileNotFound || outcome.error().code == Code::kNotADirectory) return false;
  return fail(outcome.error());
}

Result<Place> describe(const std::string& directory, const struct stat& info) {
  Place place{.nearest = directory, .owner = info.st_uid, .device = info.st_dev};
  place.can_write = ::faccessat(AT_FDCWD, directory.c_str(), W_OK | X_OK, AT_EACCESS) == 0;
  struct statvfs volume{};
  MODTOOL_CHECK(system_call("statfs", directory, [&] { return ::statvfs(directory.c_str(), &volume); }));
  place.is_read_only = (volume.f_flag & ST_RDONLY) != 0;
  place.free_bytes = static_cast<std::uint64_t>(volume.f_bavail) * volume.f_frsize;
  return place;
}

}  // namespace

Result<Place> look_at_place(const std::string& directory) {
  std::string nearest = directory;
  struct stat info{};
  for (;;) {
    MODTOOL_TRY(const bool found, is_there(nearest, info));
    if (found) break;
    if (nearest == "/" || nearest.empty()) return fail(system_error("stat", directory, ENOENT));
    nearest = directory_of(nearest);
  }
  if (!S_ISDIR(info.st_mode)) return fail(system_error("mkdir", nearest, ENOTDIR));
  MODTOOL_TRY(Place place, describe(nearest, info));
  place.is_there = nearest == directory;
  return place;
}

std::uint32_t current_user() { return ::geteuid(); }

std::optional<std::uint32_t> owner_of(const std::string& path) {
  struct stat info{};
  return ::stat(path.c_str(), &info) == 0 ? std::optional<std::uint32_t>(info.st_uid) : std::nullopt;
}

Result<LockProbe> probe_lock(const std::string& file) {
  MODTOOL_TRY(const Descriptor opened, open_descriptor(file, O_RDWR | O_NONBLOCK));
  if (::flock(opened.get(), LOCK_SH | LOCK_NB) == 0) return LockProbe::kFree;
  if (errno == EWOULDBLOCK) return LockProbe::kHeld;
  if (errno == ENOLCK || errno == EOPNOTSUPP || errno == EBADF) return LockProbe::kNoLocks;
  return fail(system_error("Lock", file, errno));
}

}  // namespace modtool::io
