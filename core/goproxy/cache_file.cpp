#include "core/goproxy/cache_file.hpp"

#include <atomic>
#include <chrono>
#include <vector>

#include "core/goproxy/cache_layout.hpp"
#include "core/goproxy/version_list.hpp"

namespace modtool::goproxy {
namespace {

// The versions that have a .mod file. A version with capitals is escaped in its name, and so is not listed, as in Go.
std::vector<std::string> listed_versions(const std::vector<io::DirectoryEntry>& entries) {
  constexpr std::string_view kSuffix = ".mod";
  std::vector<std::string> versions;
  for (const auto& entry : entries) {
    if (!entry.name.ends_with(kSuffix)) continue;
    std::string version = entry.name.substr(0, entry.name.size() - kSuffix.size());
    if (check_canonical(version)) versions.push_back(std::move(version));
  }
  sort_versions(versions);
  return versions;
}

Result<void> overwrite(io::FileSystem& files, const std::string& path, std::string_view bytes) {
  MODTOOL_TRY(auto writer, files.create(path));
  MODTOOL_CHECK(writer->write(bytes));
  return writer->close();
}

}  // namespace

std::string temporary_name(const std::string& path) {
  static std::atomic<std::uint64_t> count{0};
  const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
  return path + std::to_string(static_cast<std::uint64_t>(now) + count++) + ".tmp";
}

Result<void> save_cache_file(io::FileSystem& files, const std::string& path, std::string_view bytes) {
  MODTOOL_CHECK(files.make_directories(io::directory_of(path)));
  return files.write_unsynced(path, bytes);
}

Result<void> save_version_list(io::FileSystem& files, const std::string& version_directory,
                               const Cancellation& cancellation) {
  const std::string path = version_directory + "/list";
  const auto whole_list = [&]() -> Result<std::string> {
    MODTOOL_TRY(const auto entries, files.list(version_directory).required());
    std::string text;
    for (const auto& version : listed_versions(entries)) text += version + "\n";
    return text;
  };
  MODTOOL_TRY(std::string text, whole_list());
  if (files.read(path).or_nothing() == text) return {};  // a cache that is whole may be a read-only one
  MODTOOL_TRY(const auto lock, files.lock(path, cancellation));
  MODTOOL_TRY(text, whole_list());
  // In place: who waits for the lock holds this very file open.
  return overwrite(files, path, text);
}

}  // namespace modtool::goproxy
