// GET over HTTP, plain or with TLS. The only door to libcurl, which is loaded with the first request
// (Code::kLibraryMissing). Proxies and .netrc are not used, and no password goes over an unprotected connection.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"

namespace modtool::io {

struct HttpReply {
  int status = 0;      // 200, 404 …
  std::string reason;  // the status line's text: "Not Found"
  std::string body;    // at most the limit asked for
  std::string content_type;
};

// May be used from several threads at once.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Any reply of the server is a success here, 404 included; redirects are followed, at most 10. No reply at all is an
  // Error: kUnreachable (worth another try), kBadReply (malformed, longer than `limit` bytes, too many redirects),
  // kUnsupportedScheme (also of a redirect), kForbidden (a URL with credentials), kBadSetting (not a URL), or the
  // cancellation.
  virtual Result<HttpReply> get(const std::string& url, std::uint64_t limit) = 0;
};

enum class HttpSecurity {
  kPlain,  // http:// alone
  kTls,    // https:// alone, and servers that the certificates vouch for (kForbidden otherwise)
};

struct HttpOptions {
  std::string user_agent;
  HttpSecurity security = HttpSecurity::kPlain;
  std::string ca_file = {};  // certificates to trust; empty: libcurl's own choice
};

std::unique_ptr<HttpClient> make_http_client(const Cancellation& cancellation, HttpOptions options);

}  // namespace modtool::io
