// The parts of a URL that say who is asked, and by whom (RFC 3986, 3.1 and 3.2).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::io {

// All parts are as they are written, escapes included, and lie in the URL.
struct UrlParts {
  std::string_view scheme;  // before the first ':'
  std::string_view user;    // "name:password"; empty: none
  std::string_view place;   // "host:port"; empty where no "//" stands behind the scheme
};
UrlParts split_url(std::string_view url);

struct HostAndPort {
  std::string host;  // without brackets
  std::string port;
};
// "host:port" or "[address]:port", as Go's net.SplitHostPort; nothing where there is no port.
std::optional<HostAndPort> split_port(std::string_view text);
// Where a URL leads, the host in lower case; without a port that of the scheme, which is http, https or a socks.
HostAndPort host_and_port(std::string_view url);

// "http://user:secret@host/" → "http://user:xxxxx@host/", for messages, as Go's URL.Redacted.
std::string mask_password(std::string_view url);

// "https://user:secret@host/" → "https://host/"
std::string without_user(std::string_view url);

// The text without its percent signs; Code::kBadSetting with Go's words where one is malformed.
Result<std::string> unescape_url(std::string_view text);

}  // namespace modtool::io
