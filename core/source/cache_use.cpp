#include "core/source/cache_use.hpp"

#include <algorithm>
#include <memory>

namespace modtool::source {
namespace {

std::string lock_of(const std::string& entry) { return entry + ".lock"; }
std::string removed_name(const std::string& entry) { return entry + ".pruned"; }

// 0 where there is nothing.
Result<std::int64_t> last_written(const io::FileReader& files, const std::string& path) {
  MODTOOL_TRY(const auto info, files.lstat(path).if_there());
  return info ? info->modified_ns : 0;
}

}  // namespace

// In place: who waits for the lock holds this very file open.
void mark_used(io::FileSystem& files, const std::string& entry) {
  if (const auto stamp = files.create(lock_of(entry))) static_cast<void>((*stamp)->close());
}

Result<bool> is_unused(const io::FileReader& files, const std::string& entry, std::int64_t since_ns) {
  MODTOOL_TRY(const std::int64_t written, last_written(files, entry));
  MODTOOL_TRY(const std::int64_t used, last_written(files, lock_of(entry)));
  return written != 0 && std::max(written, used) < since_ns;
}

Result<bool> remove_unused(io::FileSystem& files, const std::string& entry, std::int64_t since_ns,
                           const Cancellation& cancellation) {
  MODTOOL_TRY(const bool is_old, is_unused(files, entry, since_ns));
  if (!is_old) return false;
  MODTOOL_TRY(const std::int64_t seen, last_written(files, lock_of(entry)));
  MODTOOL_TRY(const auto held, files.lock_if_possible(lock_of(entry), cancellation));
  MODTOOL_TRY(const std::int64_t stamp, last_written(files, lock_of(entry)));
  if (seen != 0 && stamp != seen) return false;
  const std::string away = removed_name(entry);
  MODTOOL_CHECK(files.remove_all(away));
  MODTOOL_CHECK(files.rename(entry, away));
  MODTOOL_TRY(const std::int64_t now, last_written(files, lock_of(entry)));
  if (now != stamp) {
    MODTOOL_CHECK(files.rename(away, entry));
    return false;
  }
  MODTOOL_CHECK(files.remove_all(away));
  return true;
}

Result<void> finish_removal(io::FileSystem& files, const std::string& entry, const Cancellation& cancellation) {
  MODTOOL_TRY(const auto held, files.lock_if_possible(lock_of(entry), cancellation));
  return files.remove_all(removed_name(entry));
}

}  // namespace modtool::source
