// GET over HTTP, plain or with TLS, by libcurl, which is loaded with the first request
// (Code::kLibraryMissing). No password goes over an unprotected connection, to another host or port than it is for, or
// into a message. What fails is told in the words of Go's net/http, where it has some.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/http_login.hpp"

namespace modtool::io {

struct HttpReply {
  int status = 0;         // 200, 404 …
  std::string reason;     // the status line's text: "Not Found"
  std::string body = {};  // of 200 that of a sink's request is empty; of others the first 64 KiB count
  std::string content_type = {};
  std::string protocol = {};  // "HTTP/1.1"
  HttpHeaders headers = {};
  std::vector<std::string> notes = {};  // of logins, where they are missing or refused: for people, without a secret
};

// Takes the body of a reply 200, piece by piece; an error ends the request, and is its error.
using HttpSink = std::function<Result<void>(std::string_view bytes)>;

struct HttpRequest {
  std::string url;
  std::uint64_t limit = 0;  // bytes of the body
  HttpSink sink = {};       // empty: the body is kept in the reply
  std::string base = {};    // the login in the URL is for what lies below this one; empty: for its whole host
};

// May be used from several threads at once.
class HttpClient {
 public:
  virtual ~HttpClient() = default;
  // Any reply of the server is a success here, 404 included; redirects are followed, 9 at most. No reply at all is an
  // Error: kUnreachable (no such host, refused), kConnectionLost (reset, cut or silent: worth another try), kBadReply
  // (malformed, longer than the limit, too many redirects),
  // kCertificate (nobody vouches for the server), kUnsupportedScheme (also of a redirect), kRedirected (from https to
  // http), kForbidden (an http:// URL with credentials), kBadSetting (not a URL, no certificates where they are said to
  // be), or the cancellation.
  virtual Result<HttpReply> get(const HttpRequest& request) = 0;
  Result<HttpReply> get(const std::string& url, std::uint64_t limit) { return get({.url = url, .limit = limit}); }
};

enum class HttpSecurity {
  kPlainToo,  // http:// and https://; from https no redirect leads to http
  kTls,       // https:// alone
};

// Whose certificates vouch for servers, as Go and OpenSSL are told: each takes the place of what the system has of its
// kind, and is empty where the system's are meant.
struct HttpAuthorities {
  std::string file;         // SSL_CERT_FILE
  std::string directories;  // SSL_CERT_DIR, with colons between: every file of each, whatever its name
};

// The proxies to go through, as Go has them; hosts of this machine are asked without.
struct HttpProxies {
  std::string secure;      // HTTPS_PROXY, for https: a URL, or "host:port"; empty: none
  std::string plain;       // HTTP_PROXY, likewise for http
  std::string exceptions;  // NO_PROXY: hosts, domains, addresses and networks, perhaps with ports
  bool in_cgi = false;     // where a client could have set HTTP_PROXY: it is refused
};

// How long a server is waited for.
struct HttpTimes {
  std::chrono::seconds connecting{30};
  std::chrono::seconds silent{60};  // without a byte
  std::chrono::seconds whole{0};    // of one request; 0: as long as it takes
};

struct HttpOptions {
  std::string user_agent;
  HttpSecurity security = HttpSecurity::kPlainToo;
  HttpAuthorities authorities = {};
  HttpProxies proxies = {};
  std::shared_ptr<HttpLogins> logins = nullptr;  // none: only what stands in the URL
  HttpTimes times = {};
};

std::unique_ptr<HttpClient> make_http_client(const Cancellation& cancellation, HttpOptions options);

}  // namespace modtool::io
