#include "core/git/git_url.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/io/file_system.hpp"
#include "core/module/decimal.hpp"

namespace modtool::git {
namespace {

constexpr std::size_t kMaxUrl = 4096;
constexpr int kMaxPort = 65535;
constexpr int kGitPort = 9418;
constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;
constexpr int kSshPort = 22;

// Why a URL is refused; nothing where it is fine.
using Reason = std::optional<std::string>;

bool is_host_character(char c) { return is_ascii_alphanumeric(c) || c == '.' || c == '-' || c == '_'; }
bool is_scheme_character(char c) { return is_ascii_alphanumeric(c) || c == '+' || c == '.' || c == '-'; }
bool is_address_character(char c) { return std::string_view("0123456789abcdefABCDEF:.").contains(c); }
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

// What could be a scheme at the front of a URL.
std::string_view scheme_of(std::string_view text) {
  const auto end = std::ranges::find_if_not(text, is_scheme_character);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

// Undoes percent signs; nothing where one is malformed.
std::optional<std::string> decode(std::string_view text) {
  std::string decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] != '%') {
      decoded += text[i];
      continue;
    }
    const auto digits = text.substr(i + 1, 2);
    const auto [end, failure] = std::from_chars(digits.begin(), digits.end(), value, 16);
    if (digits.size() != 2 || end != digits.end()) return std::nullopt;
    decoded += static_cast<char>(value);
    i += 2;
  }
  return decoded;
}

Reason check_decoded(std::string_view text) {
  const auto decoded = decode(text);
  if (!decoded) return "a percent sign without two digits";
  if (std::ranges::any_of(*decoded, is_control)) return "it holds control characters";
  return std::nullopt;
}

Reason check_host(std::string_view host) {
  if (host.starts_with('[')) {
    const bool closed = host.size() > 2 && host.ends_with(']');
    const bool fine = closed && std::ranges::all_of(host.substr(1, host.size() - 2), is_address_character);
    return fine ? Reason() : "its host is malformed";
  }
  if (host.empty()) return "it names no host";
  if (host.starts_with('-')) return "its host starts with `-`";
  return std::ranges::all_of(host, is_host_character) ? Reason() : "its host is malformed";
}

Reason check_user(std::string_view user) {
  if (user.starts_with('-') || user.starts_with("%2d") || user.starts_with("%2D")) return "its user starts with `-`";
  return check_decoded(user);
}

Reason check_remote_path(std::string_view path) {
  if (path.empty() || path == "/") return "it names no repository";
  if (path.starts_with('-')) return "its path starts with `-`";
  if (path.find_first_of(" ?#\\") != std::string_view::npos) return "its path holds a space, `?`, `#` or a backslash";
  if (auto reason = check_decoded(path)) return reason;
  const auto decoded = *decode(path);
  const auto elements = split(decoded, '/');
  const auto bad = [](std::string_view element) { return element == ".." || element.starts_with('-'); };
  return std::ranges::any_of(elements, bad) ? Reason("its path holds `..` or a part that starts with `-`") : Reason();
}

// The path becomes a word between single quotes for the shell at the other end.
Reason check_ssh(std::string_view user, std::string_view path) {
  if (user.find(':') != std::string_view::npos) return "a password in an ssh URL is not used: ssh asks for keys";
  const auto decoded = decode(path).value_or(std::string(path));
  return decoded.find_first_of("'!`$") == std::string::npos ? Reason() : "its path holds what a shell could run";
}

// Takes "user:password@" off the front.
std::string_view take_user(std::string_view& authority) {
  const auto at = authority.rfind('@');
  if (at == std::string_view::npos) return {};
  const auto user = authority.substr(0, at);
  authority.remove_prefix(at + 1);
  return user;
}

class UrlParser {
 public:
  UrlParser(std::string_view text, PlainUrls plain) : text_(text), plain_(plain) { url_.text = text; }

  Result<GitUrl> run() {
    if (const Reason reason = parse()) return fail(code_, fmt::format("Git URL {}: {}", quote(url_.shown()), *reason));
    return std::move(url_);
  }

 private:
  Reason parse() {
    if (text_.empty() || text_.size() > kMaxUrl) return "it is empty, or too long";
    if (text_.starts_with('-')) return "it starts with `-`";
    if (std::ranges::any_of(text_, is_control)) return "it holds control characters";
    const auto scheme = scheme_of(text_);
    const auto rest = text_.substr(scheme.size());
    if (!scheme.empty() && rest.starts_with("::")) return "transport helpers are not run";
    if (!scheme.empty() && rest.starts_with("://")) return parse_url(scheme, rest.substr(3));
    const auto colon = text_.find(':');
    const bool is_path = text_.find('/') < colon && !text_.starts_with('[');
    if (colon != std::string_view::npos && !is_path) return parse_scp();
    return set_local(text_);
  }

  Reason parse_url(std::string_view scheme, std::string_view rest) {
    if (scheme == "file") return parse_file(rest);
    if (scheme == "https") url_.transport = GitTransport::kHttps;
    if (scheme == "http") url_.transport = GitTransport::kHttp;
    if (scheme == "git") url_.transport = GitTransport::kGit;
    if (scheme == "ssh") url_.transport = GitTransport::kSsh;
    if (url_.is_plain() && plain_ == PlainUrls::kRefused) {
      code_ = Code::kUnsupportedScheme;
      return fmt::format(
          "{0}:// is not used, as nothing proves who answers: use https:// (url.{0}://….insteadOf of your "
          "own Git configuration may lead there)",
          scheme);
    }
    if (url_.transport != GitTransport::kLocal) return parse_remote(rest);
    return fmt::format("there is no transport `{}`: use https, ssh or file", scheme);
  }

  Reason parse_remote(std::string_view rest) {
    const auto slash = rest.find('/');
    std::string_view authority = rest.substr(0, slash);
    url_.path = slash == std::string_view::npos ? "" : rest.substr(slash);
    const auto user = take_user(authority);
    if (auto reason = check_user(user)) return reason;
    if (!user.empty() && url_.transport == GitTransport::kGit) return "git:// knows no users";
    url_.user = *decode(user);
    if (auto reason = take_port(authority)) return reason;
    url_.host = to_lower(authority);
    if (auto reason = check_host(authority)) return reason;
    if (auto reason = check_remote_path(url_.path)) return reason;
    return url_.transport == GitTransport::kSsh ? check_ssh(url_.user, url_.path) : Reason();
  }

  Reason take_port(std::string_view& authority) {
    const auto colon = authority.rfind(':');
    if (colon == std::string_view::npos || authority.ends_with(']')) return std::nullopt;
    const auto digits = authority.substr(colon + 1);
    const auto [end, failure] = std::from_chars(digits.begin(), digits.end(), url_.port);
    if (digits.empty() || !module::is_decimal(digits) || failure != std::errc() || url_.port < 1 ||
        url_.port > kMaxPort) {
      return "its port is malformed";
    }
    authority = authority.substr(0, colon);
    return std::nullopt;
  }

  Reason parse_file(std::string_view rest) {
    if (rest.starts_with("localhost/")) rest.remove_prefix(std::string_view("localhost").size());
    if (!rest.starts_with('/')) return "a file:// URL names an absolute path";
    if (auto reason = check_decoded(rest)) return reason;
    return set_local(*decode(rest));
  }

  // [user@]host:path, the host perhaps in brackets with its port
  Reason parse_scp() {
    url_.transport = GitTransport::kSsh;
    std::string_view rest = text_;
    const auto bracket = rest.find('[');
    const auto close = bracket == std::string_view::npos ? 0 : rest.find(']', bracket);
    if (close == std::string_view::npos) return "its host is malformed";
    const auto colon = rest.find(':', close);
    if (colon == std::string_view::npos) return "it names no repository";
    std::string_view authority = rest.substr(0, colon);
    url_.path = rest.substr(colon + 1);
    const auto user = take_user(authority);
    if (auto reason = check_user(user)) return reason;
    url_.user = *decode(user);
    if (std::ranges::count(authority, ':') == 1 && authority.starts_with('[') && authority.ends_with(']')) {
      authority = authority.substr(1, authority.size() - 2);
      if (auto reason = take_port(authority)) return reason;
    }
    url_.host = to_lower(authority);
    if (auto reason = check_host(authority)) return reason;
    if (auto reason = check_remote_path(url_.path)) return reason;
    return check_ssh(url_.user, url_.path);
  }

  Reason set_local(std::string_view path) {
    url_.path = path;
    return std::nullopt;
  }

  std::string_view text_;
  PlainUrls plain_;
  GitUrl url_;
  Code code_ = Code::kBadGitUrl;
};

}  // namespace

std::string GitUrl::shown() const {
  const auto scheme = scheme_of(text);
  if (scheme.empty() || !std::string_view(text).substr(scheme.size()).starts_with("://")) return text;
  const auto start = scheme.size() + 3;
  const auto authority = text.substr(start, text.find('/', start) - start);
  const auto at = authority.rfind('@');
  return at == std::string::npos ? text : text.substr(0, start) + text.substr(start + at + 1);
}

std::string GitUrl::transport_text() const {
  if (transport != GitTransport::kSsh) return shown();
  const bool is_short = !text.starts_with("ssh://");
  if (!is_short || port == 0) return text;
  return fmt::format("[{}{}{}:{}]:{}", user, user.empty() ? "" : "@", host, port, path);
}

std::string GitUrl::bare_host() const { return host.starts_with('[') ? host.substr(1, host.size() - 2) : host; }

int GitUrl::effective_port() const {
  if (port != 0) return port;
  if (transport == GitTransport::kSsh) return kSshPort;
  if (transport == GitTransport::kGit) return kGitPort;
  return transport == GitTransport::kHttp ? kHttpPort : kHttpsPort;
}

std::string GitUrl::identity() const {
  std::string_view place = path;
  while (place.ends_with('/')) place.remove_suffix(1);
  if (place.ends_with(".git") && !place.ends_with("/.git")) place.remove_suffix(4);
  if (transport == GitTransport::kLocal) return io::clean_path(place);
  while (place.starts_with('/')) place.remove_prefix(1);
  const std::string port_part = port == 0 ? "" : fmt::format(":{}", port);
  return fmt::format("{}{}/{}", host, port_part, place);
}

Result<GitUrl> parse_git_url(std::string_view text, PlainUrls plain) { return UrlParser(text, plain).run(); }

}  // namespace modtool::git
