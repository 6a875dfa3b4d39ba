// What a server is shown so that it knows who asks: header lines, from whoever has logins.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace modtool::io {

struct HttpHeader {
  std::string name;
  std::string value;

  bool operator==(const HttpHeader&) const = default;
};
using HttpHeaders = std::vector<HttpHeader>;

struct HttpLogin {
  std::string user;
  std::string password;

  bool operator==(const HttpLogin&) const = default;
};

// "Authorization: Basic …" (RFC 7617).
HttpHeader basic_login(const HttpLogin& login);

// The headers of a login, and whom they are for.
struct HttpCredential {
  std::string prefix;  // of URLs, without a scheme: "host", "host:8443/path"
  HttpHeaders headers;

  bool operator==(const HttpCredential&) const = default;
};

// Whether a URL is the prefix or lies below it, however its path is written.
bool is_below(std::string_view url, std::string_view prefix);

// A reply of class 4xx, which another login may change.
struct HttpRefusal {
  std::string url;
  std::string status;   // "HTTP/1.1 401 Unauthorized"
  HttpHeaders headers;  // of the reply
  HttpHeaders shown;    // what the server was shown; empty: nothing
};

struct OtherLogin {
  HttpCredential credential;
  bool is_last = true;  // there is no further one for this request
};

// Where logins are kept. May be used from several threads at once.
class HttpLogins {
 public:
  virtual ~HttpLogins() = default;
  // The login for an https URL that names none; nothing where there is none.
  virtual Result<std::optional<HttpCredential>> find(const std::string& url) = 0;
  // Another login, after a refusal; nothing where the refusal stands.
  virtual Result<std::optional<OtherLogin>> find_other(const HttpRefusal&) { return std::nullopt; }
  // How a server took a login.
  virtual void report(const HttpCredential&, bool /*accepted*/) {}
  // What there is to say where a server wants a login or refuses it: lines for people, without any secret.
  virtual std::vector<std::string> explain(const std::string& /*url*/) { return {}; }
};

}  // namespace modtool::io
