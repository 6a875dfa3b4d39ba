#include "tests/support/faulty_file_system.hpp"

#include "core/io/system_call.hpp"

namespace modtool::test {

class FaultyFileSystem::FaultyWriter final : public io::Writer {
 public:
  FaultyWriter(const FaultyFileSystem& faults, std::unique_ptr<io::Writer> inner, std::string path)
      : faults_(faults), inner_(std::move(inner)), path_(std::move(path)) {}
  Result<void> write(std::string_view bytes) override {
    MODTOOL_CHECK(faults_.count_change("write", path_));
    return inner_->write(bytes);
  }
  Result<void> close() override {
    MODTOOL_CHECK(faults_.count_change("close", path_));
    return inner_->close();
  }

 private:
  const FaultyFileSystem& faults_;
  std::unique_ptr<io::Writer> inner_;
  std::string path_;
};

class FaultyFileSystem::FaultyReader final : public Reader {
 public:
  FaultyReader(const FaultyFileSystem& faults, std::unique_ptr<Reader> inner, std::string path)
      : faults_(faults), inner_(std::move(inner)), path_(std::move(path)) {}
  Result<std::size_t> read(std::span<char> into) override {
    MODTOOL_CHECK(faults_.count_read("read", path_));
    return inner_->read(into);
  }

 private:
  const FaultyFileSystem& faults_;
  std::unique_ptr<Reader> inner_;
  std::string path_;
};

Result<void> FaultyFileSystem::count(Fault::Counted kind, std::string_view operation, std::string_view path) const {
  if (kind == Fault::Counted::kAll && fault_.counted == Fault::Counted::kMutating) return {};
  const std::size_t call = calls_++;
  const bool fails = fault_.lasting == Fault::Lasting::kOnce ? call == fault_.call : call >= fault_.call;
  if (fails) return fail(io::system_error(operation, path, EIO));
  return {};
}

Result<void> FaultyFileSystem::count_read(std::string_view operation, std::string_view path) const {
  return count(Fault::Counted::kAll, operation, path);
}

Result<void> FaultyFileSystem::count_change(std::string_view operation, std::string_view path) const {
  return count(Fault::Counted::kMutating, operation, path);
}

Result<std::string> FaultyFileSystem::read(const std::string& path) const {
  MODTOOL_CHECK(count_read("read", path));
  return inner_.read(path);
}

Result<std::unique_ptr<io::FileBytes>> FaultyFileSystem::map(const std::string& path) const {
  MODTOOL_CHECK(count_read("mmap", path));
  return inner_.map(path);
}

Result<std::unique_ptr<Reader>> FaultyFileSystem::open(const std::string& path) const {
  MODTOOL_CHECK(count_read("open", path));
  MODTOOL_TRY(auto reader, inner_.open(path));
  return std::make_unique<FaultyReader>(*this, std::move(reader), path);
}

Result<io::FileInfo> FaultyFileSystem::stat(const std::string& path) const {
  MODTOOL_CHECK(count_read("stat", path));
  return inner_.stat(path);
}

Result<io::FileInfo> FaultyFileSystem::lstat(const std::string& path) const {
  MODTOOL_CHECK(count_read("lstat", path));
  return inner_.lstat(path);
}

Result<std::string> FaultyFileSystem::read_link(const std::string& path) const {
  MODTOOL_CHECK(count_read("readlink", path));
  return inner_.read_link(path);
}

Result<std::vector<io::DirectoryEntry>> FaultyFileSystem::list(const std::string& path) const {
  MODTOOL_CHECK(count_read("readdirent", path));
  return inner_.list(path);
}

Result<std::vector<io::DirectoryEntry>> FaultyFileSystem::list_beneath(const std::string& root,
                                                                       const std::string& relative) const {
  MODTOOL_CHECK(count_read("readdirent", root + "/" + relative));
  return inner_.list_beneath(root, relative);
}

Result<std::string> FaultyFileSystem::read_beneath(const std::string& root, const std::string& relative) const {
  MODTOOL_CHECK(count_read("read", root + "/" + relative));
  return inner_.read_beneath(root, relative);
}

Result<void> FaultyFileSystem::write_atomic(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  MODTOOL_CHECK(count_change("write", path));
  return inner_.write_atomic(path, bytes, mode);
}

Result<void> FaultyFileSystem::write_new(const std::string& path, std::string_view bytes, std::uint32_t mode) {
  MODTOOL_CHECK(count_change("write", path));
  return inner_.write_new(path, bytes, mode);
}

Result<std::unique_ptr<io::Writer>> FaultyFileSystem::create(const std::string& path, std::uint32_t mode) {
  MODTOOL_CHECK(count_change("open", path));
  MODTOOL_TRY(auto writer, inner_.create(path, mode));
  return std::make_unique<FaultyWriter>(*this, std::move(writer), path);
}

Result<void> FaultyFileSystem::make_link(const std::string& target, const std::string& path) {
  MODTOOL_CHECK(count_change("symlink", path));
  return inner_.make_link(target, path);
}

Result<void> FaultyFileSystem::make_directories(const std::string& path) {
  MODTOOL_CHECK(count_change("mkdir", path));
  return inner_.make_directories(path);
}

Result<std::string> FaultyFileSystem::make_temp_directory(const std::string& parent, const std::string& prefix) {
  MODTOOL_CHECK(count_change("mkdir", io::join_path(parent, prefix)));
  return inner_.make_temp_directory(parent, prefix);
}

Result<void> FaultyFileSystem::remove_all(const std::string& path) {
  MODTOOL_CHECK(count_change("unlinkat", path));
  return inner_.remove_all(path);
}

Result<void> FaultyFileSystem::rename(const std::string& from, const std::string& to) {
  MODTOOL_CHECK(count_change("rename", from + " " + to));
  return inner_.rename(from, to);
}

Result<void> FaultyFileSystem::exchange(const std::string& a, const std::string& b) {
  MODTOOL_CHECK(count_change("exchange", a + " " + b));
  return inner_.exchange(a, b);
}

Result<void> FaultyFileSystem::set_mode(const std::string& path, std::uint32_t mode) {
  MODTOOL_CHECK(count_change("chmod", path));
  return inner_.set_mode(path, mode);
}

Result<void> FaultyFileSystem::sync_file_system(const std::string& path) {
  MODTOOL_CHECK(count_change("syncfs", path));
  return inner_.sync_file_system(path);
}

Result<std::unique_ptr<io::FileLock>> FaultyFileSystem::lock(const std::string& path, const Cancellation& cancellation,
                                                             const std::function<void()>& on_wait) {
  MODTOOL_CHECK(count_change("Lock", path));
  return inner_.lock(path, cancellation, on_wait);
}

}  // namespace modtool::test
