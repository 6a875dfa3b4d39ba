#include "core/project/save_project.hpp"

#include <optional>

namespace modtool::project {
namespace {

// The bytes of a file, if it is there.
Result<std::optional<std::string>> read_if_there(const io::FileReader& files, const std::string& path) {
  auto bytes = files.read(path);
  if (bytes) return std::optional(std::move(*bytes));
  if (bytes.error().code == Code::kFileNotFound) return std::nullopt;
  return fail(std::move(bytes).error());
}

Result<void> write_if_changed(io::FileSystem& files, const std::string& path, const std::optional<std::string>& before,
                              const std::string& text) {
  return before == text ? Result<void>() : files.write_atomic(path, text);
}

Result<void> put_back(io::FileSystem& files, const std::string& path, const std::optional<std::string>& before) {
  return before ? files.write_atomic(path, *before) : files.remove_all(path);
}

}  // namespace

Result<void> save_project(io::FileSystem& files, const Project& project, const std::string& manifest,
                          const std::string& lock) {
  MODTOOL_TRY(const auto before, read_if_there(files, project.lock_path));
  MODTOOL_CHECK(write_if_changed(files, project.lock_path, before, lock));
  auto written = write_if_changed(files, project.manifest_path, project.manifest_text, manifest);
  // The first error is the one to tell.
  if (!written && before != lock) static_cast<void>(put_back(files, project.lock_path, before));
  return written;
}

}  // namespace modtool::project
