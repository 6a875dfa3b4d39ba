#include "core/io/forwarding_file_system.hpp"

namespace modtool::io {

Result<void> ForwardingFileSystem::before_read(std::string_view /*operation*/, const std::string& /*path*/) const {
  return {};
}

Result<void> ForwardingFileSystem::before_change(std::string_view /*operation*/, const std::string& /*path*/) const {
  return {};
}

Look<std::string> ForwardingFileSystem::read(const std::string& path) const {
  MODTOOL_CHECK(before_read("read", path));
  return below_.read(path);
}

Look<std::string> ForwardingFileSystem::read_given(const std::string& path) const {
  MODTOOL_CHECK(before_read("read", path));
  return below_.read_given(path);
}

Result<std::unique_ptr<FileBytes>> ForwardingFileSystem::map(const std::string& path) const {
  MODTOOL_CHECK(before_read("mmap", path));
  return below_.map(path);
}

Result<std::unique_ptr<Reader>> ForwardingFileSystem::open(const std::string& path) const {
  MODTOOL_CHECK(before_read("open", path));
  return below_.open(path);
}

Look<FileInfo> ForwardingFileSystem::stat(const std::string& path) const {
  MODTOOL_CHECK(before_read("stat", path));
  return below_.stat(path);
}

Look<FileInfo> ForwardingFileSystem::lstat(const std::string& path) const {
  MODTOOL_CHECK(before_read("lstat", path));
  return below_.lstat(path);
}

Result<std::string> ForwardingFileSystem::read_link(const std::string& path) const {
  MODTOOL_CHECK(before_read("readlink", path));
  return below_.read_link(path);
}

Look<std::vector<DirectoryEntry>> ForwardingFileSystem::list(const std::string& path) const {
  MODTOOL_CHECK(before_read("readdirent", path));
  return below_.list(path);
}

Look<std::vector<DirectoryEntry>> ForwardingFileSystem::list_beneath(const std::string& root,
                                                                     const std::string& relative) const {
  MODTOOL_CHECK(before_read("readdirent", root + "/" + relative));
  return below_.list_beneath(root, relative);
}

Look<std::string> ForwardingFileSystem::read_beneath(const std::string& root, const std::string& relative) const {
  MODTOOL_CHECK(before_read("read", root + "/" + relative));
  return below_.read_beneath(root, relative);
}

Result<void> ForwardingFileSystem::write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  MODTOOL_CHECK(before_change("write", path));
  return below_.write_atomic(path, bytes, mode);
}

Result<void> ForwardingFileSystem::write_unsynced(const std::string& path, std::string_view bytes) {
  MODTOOL_CHECK(before_change("write", path));
  return below_.write_unsynced(path, bytes);
}

Result<void> ForwardingFileSystem::write_new(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  MODTOOL_CHECK(before_change("write", path));
  return below_.write_new(path, bytes, mode);
}

Result<std::unique_ptr<Writer>> ForwardingFileSystem::create(const std::string& path, std::uint32_t mode) {
  MODTOOL_CHECK(before_change("open", path));
  return below_.create(path, mode);
}

Result<void> ForwardingFileSystem::make_link(const std::string& target, const std::string& path) {
  MODTOOL_CHECK(before_change("symlink", path));
  return below_.make_link(target, path);
}

Result<void> ForwardingFileSystem::make_directories(const std::string& path) {
  MODTOOL_CHECK(before_change("mkdir", path));
  return below_.make_directories(path);
}

Result<std::string> ForwardingFileSystem::make_temp_directory(const std::string& parent, const std::string& prefix) {
  MODTOOL_CHECK(before_change("mkdir", join_path(parent, prefix)));
  return below_.make_temp_directory(parent, prefix);
}

Result<void> ForwardingFileSystem::remove_all(const std::string& path) {
  MODTOOL_CHECK(before_change("unlinkat", path));
  return below_.remove_all(path);
}

Result<void> ForwardingFileSystem::rename(const std::string& from, const std::string& to) {
  MODTOOL_CHECK(before_change("rename", from + " " + to));
  return below_.rename(from, to);
}

Result<void> ForwardingFileSystem::exchange(const std::string& a, const std::string& b) {
  MODTOOL_CHECK(before_change("exchange", a + " " + b));
  return below_.exchange(a, b);
}

Result<void> ForwardingFileSystem::set_mode(const std::string& path, std::uint32_t mode) {
  MODTOOL_CHECK(before_change("chmod", path));
  return below_.set_mode(path, mode);
}

Result<void> ForwardingFileSystem::sync_file_system(const std::string& path) {
  MODTOOL_CHECK(before_change("syncfs", path));
  return below_.sync_file_system(path);
}

Result<std::unique_ptr<FileLock>> ForwardingFileSystem::lock(const std::string& path, const Cancellation& cancellation,
                                                             const std::function<void()>& on_wait) {
  MODTOOL_CHECK(before_change("Lock", path));
  return below_.lock(path, cancellation, on_wait);
}

}  // namespace modtool::io
