#include "tests/support/faulty_file_system.hpp"

#include "core/io/system_call.hpp"

namespace modtool::test {

class FaultyFileSystem::FaultyWriter final : public io::Writer {
 public:
  FaultyWriter(const FaultyFileSystem& faults, std::unique_ptr<io::Writer> inner, std::string path)
      : faults_(faults), inner_(std::move(inner)), path_(std::move(path)) {}
  Result<void> write(std::string_view bytes) override {
    MODTOOL_CHECK(faults_.before_change("write", path_));
    return inner_->write(bytes);
  }
  Result<void> close() override {
    MODTOOL_CHECK(faults_.before_change("close", path_));
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
    MODTOOL_CHECK(faults_.before_read("read", path_));
    return inner_->read(into);
  }

 private:
  const FaultyFileSystem& faults_;
  std::unique_ptr<Reader> inner_;
  std::string path_;
};

Result<void> FaultyFileSystem::count(std::string_view operation, const std::string& path) const {
  const std::size_t call = calls_++;
  const std::size_t beyond = fault_.lasting == Fault::Lasting::kOnce    ? fault_.call + 1
                             : fault_.lasting == Fault::Lasting::kTwice ? fault_.call + 2
                                                                        : SIZE_MAX;
  if (call >= fault_.call && call < beyond) return fail(io::system_error(operation, path, EIO));
  return {};
}

Result<void> FaultyFileSystem::before_read(std::string_view operation, const std::string& path) const {
  return fault_.counted == Fault::Counted::kAll ? count(operation, path) : Result<void>();
}

Result<void> FaultyFileSystem::before_change(std::string_view operation, const std::string& path) const {
  return count(operation, path);
}

Result<std::unique_ptr<Reader>> FaultyFileSystem::open(const std::string& path) const {
  MODTOOL_TRY(auto reader, ForwardingFileSystem::open(path));
  return std::make_unique<FaultyReader>(*this, std::move(reader), path);
}

Result<std::unique_ptr<io::Writer>> FaultyFileSystem::create(const std::string& path, std::uint32_t mode) {
  MODTOOL_TRY(auto writer, ForwardingFileSystem::create(path, mode));
  return std::make_unique<FaultyWriter>(*this, std::move(writer), path);
}

}  // namespace modtool::test
