#include <fmt/format.h>

#include "core/goproxy/proxy_transport.hpp"
#include "core/source/server_response.hpp"

namespace modtool::goproxy {
namespace {

constexpr int kOk = 200;

std::string status_line(const io::HttpReply& reply) { return fmt::format("{} {}", reply.status, reply.reason); }

class HttpTransport final : public ProxyTransport {
 public:
  HttpTransport(const ProxyUrl& url, io::HttpClient& http, io::FileSystem& files, Reporter& reporter)
      : url_(url), http_(http), files_(files), reporter_(reporter) {}

  Result<std::string> get(const std::string& name, std::uint64_t limit) override {
    const std::string escaped = "/" + escape_url_path(name);
    MODTOOL_TRY(io::HttpReply reply, told_get(escaped, limit));
    if (reply.status == kOk) return std::move(reply.body);
    return fail(source::code_of_status(reply.status),
                fmt::format("reading {}{}: {}{}", url_.shown, escaped, status_line(reply),
                            source::format_server_response(reply.body, reply.content_type)));
  }

  Result<void> save(const std::string& name, std::uint64_t limit, const std::string& destination) override {
    MODTOOL_TRY(const std::string bytes, get(name, limit));
    return files_.write_new(destination, bytes);
  }

 private:
  Result<io::HttpReply> told_get(const std::string& escaped, std::uint64_t limit) {
    Task asking = reporter_.begin({.verb = "fetching", .url = url_.shown + escaped});
    auto reply = http_.get(url_.base + escaped, limit);
    asking.end(reply ? status_line(*reply) : to_line(reply.error()));
    return reply;
  }

  ProxyUrl url_;
  io::HttpClient& http_;
  io::FileSystem& files_;
  Reporter& reporter_;
};

}  // namespace

std::unique_ptr<ProxyTransport> make_http_transport(const ProxyUrl& url, io::HttpClient& http, io::FileSystem& files,
                                                    Reporter& reporter) {
  return std::make_unique<HttpTransport>(url, http, files, reporter);
}

}  // namespace modtool::goproxy
