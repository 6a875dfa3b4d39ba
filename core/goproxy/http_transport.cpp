#include <fmt/format.h>

#include "core/goproxy/proxy_transport.hpp"
#include "core/source/http_fetcher.hpp"
#include "core/source/server_response.hpp"

namespace modtool::goproxy {
namespace {

constexpr int kOk = 200;

class HttpTransport final : public ProxyTransport {
 public:
  HttpTransport(const ProxyUrl& url, source::HttpFetcher& http, io::FileSystem& files)
      : url_(url), http_(http), files_(files) {}

  Result<std::string> get(const std::string& name, std::uint64_t limit) override {
    MODTOOL_TRY(io::HttpReply reply, fetch(name, limit, {}));
    return std::move(reply.body);
  }

  Result<void> save(const std::string& name, std::uint64_t limit, const std::string& destination) override {
    MODTOOL_CHECK(files_.write_new(destination, ""));  // it is nobody else's
    auto saved = stream(name, limit, destination);
    if (!saved) (void)files_.remove_all(destination);
    return saved;
  }

 private:
  // Each attempt begins the file anew.
  Result<void> stream(const std::string& name, std::uint64_t limit, const std::string& destination) {
    std::unique_ptr<io::Writer> writer;
    const auto open = [&]() -> Result<io::HttpSink> {
      MODTOOL_TRY(writer, files_.create(destination));
      return [&writer](std::string_view bytes) { return writer->write(bytes); };
    };
    MODTOOL_CHECK(fetch(name, limit, open));
    return writer->close();
  }

  // The reply 200.
  Result<io::HttpReply> fetch(const std::string& name, std::uint64_t limit,
                              const std::function<Result<io::HttpSink>()>& open) {
    const std::string escaped = "/" + escape_url_path(name);
    MODTOOL_TRY(io::HttpReply reply, http_.fetch({.url = url_.base + escaped,
                                                  .shown = url_.shown + escaped,
                                                  .limit = limit,
                                                  .base = url_.base,
                                                  .open = open}));
    if (reply.status == kOk) return reply;
    Error error{.code = source::code_of_status(reply.status),
                .message = fmt::format("reading {}{}: {} {}{}", url_.shown, escaped, reply.status, reply.reason,
                                       source::format_server_response(reply.body, reply.content_type))};
    error.notes = std::move(reply.notes);
    return fail(std::move(error));
  }

  ProxyUrl url_;
  source::HttpFetcher& http_;
  io::FileSystem& files_;
};

}  // namespace

std::unique_ptr<ProxyTransport> make_http_transport(const ProxyUrl& url, source::HttpFetcher& http,
                                                    io::FileSystem& files) {
  return std::make_unique<HttpTransport>(url, http, files);
}

}  // namespace modtool::goproxy
