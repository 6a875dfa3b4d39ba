#include <fmt/format.h>

#include <array>

#include "core/goproxy/proxy_transport.hpp"

namespace modtool::goproxy {
namespace {

class FileTransport final : public ProxyTransport {
 public:
  FileTransport(const ProxyUrl& url, io::FileSystem& files) : url_(url), files_(files) {}

  Result<std::string> get(const std::string& name, std::uint64_t limit) override {
    MODTOOL_TRY(const auto bytes, map(name, limit));
    return std::string(bytes->view());
  }

  Result<void> save(const std::string& name, std::uint64_t limit, const std::string& destination) override {
    auto reader = files_.open(io::join_path(url_.path, name));
    if (!reader) return fail(worded(name, std::move(reader).error()));
    MODTOOL_CHECK(files_.write_new(destination, ""));  // it is nobody else's
    auto copied = copy(**reader, name, limit, destination);
    if (!copied) (void)files_.remove_all(destination);
    return copied;
  }

 private:
  Result<void> copy(Reader& reader, const std::string& name, std::uint64_t limit, const std::string& destination) {
    MODTOOL_TRY(const auto writer, files_.create(destination));
    std::array<char, 64UL * 1024> buffer;
    for (std::uint64_t total = 0;;) {
      auto count = reader.read(buffer);
      if (!count) return fail(worded(name, std::move(count).error()));
      if (*count == 0) return writer->close();
      total += *count;
      if (total > limit) return too_large(name, limit);
      MODTOOL_CHECK(writer->write({buffer.data(), *count}));
    }
  }

  Result<std::unique_ptr<io::FileBytes>> map(const std::string& name, std::uint64_t limit) {
    auto bytes = files_.map(io::join_path(url_.path, name));
    if (!bytes) return fail(worded(name, std::move(bytes).error()));
    if ((*bytes)->view().size() > limit) return too_large(name, limit);
    return bytes;
  }

  std::unexpected<Error> too_large(const std::string& name, std::uint64_t limit) const {
    return fail(Code::kTooLarge, fmt::format("reading {}: more than {} bytes", shown(name), limit));
  }

  std::string shown(const std::string& name) const { return url_.shown + "/" + escape_url_path(name); }

  // The go command treats an absent file and a forbidden one as the replies 404 and 403.
  Error worded(const std::string& name, Error error) const {
    const auto reading = [&](Code code, std::string_view reason) {
      return Error{.code = code, .message = fmt::format("reading {}: {}", shown(name), reason)};
    };
    if (error.code == Code::kFileNotFound) return reading(Code::kNotFound, "no such file or directory");
    if (error.code == Code::kPermission) return reading(Code::kForbidden, "permission denied");
    if (error.code == Code::kIsADirectory) return reading(error.code, "is a directory");
    return error;
  }

  ProxyUrl url_;
  io::FileSystem& files_;
};

}  // namespace

std::unique_ptr<ProxyTransport> make_file_transport(const ProxyUrl& url, io::FileSystem& files) {
  return std::make_unique<FileTransport>(url, files);
}

}  // namespace modtool::goproxy
