#include "core/goproxy/auth_reply.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/io/url.hpp"

namespace modtool::goproxy {
namespace {

bool is_control(char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\t') || c == '\x7f'; }

bool is_token(char c) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  return is_ascii_alphanumeric(c) || kOthers.contains(c);
}

// What Go's url.ParseRequestURI takes, as far as a prefix of https URLs can be told from other text.
bool is_url(std::string_view text) {
  if (std::ranges::any_of(text, is_control)) return false;
  return text.starts_with('/') || !io::split_url(text).place.empty();
}

std::optional<io::HttpHeader> parse_header(std::string_view line) {
  const auto colon = line.find(": ");
  if (colon == std::string_view::npos || colon == 0) return std::nullopt;
  const std::string_view name = line.substr(0, colon);
  const std::string_view value = trim(line.substr(colon + 2));
  if (!std::ranges::all_of(name, is_token) || std::ranges::any_of(value, is_control)) return std::nullopt;
  return io::HttpHeader{.name = std::string(name), .value = std::string(value)};
}

class ReplyReader {
 public:
  explicit ReplyReader(std::string_view text) : rest_(text) {}

  Result<std::vector<io::HttpCredential>> read() {
    std::vector<io::HttpCredential> credentials;
    while (!rest_.empty()) {
      MODTOOL_TRY(const auto prefixes, read_prefixes());
      MODTOOL_TRY(const auto headers, read_headers());
      for (const auto& prefix : prefixes) credentials.push_back({.prefix = prefix, .headers = headers});
    }
    return credentials;
  }

 private:
  Result<std::vector<std::string>> read_prefixes() {
    std::vector<std::string> prefixes;
    for (;;) {
      MODTOOL_TRY(const std::string_view line, next_line("URLs"));
      if (line.empty()) return prefixes;
      if (!is_url(line)) return fail(Code::kBadReply, fmt::format("could not parse the URL in line {}", number_));
      prefixes.emplace_back(login_prefix(line));
    }
  }

  Result<io::HttpHeaders> read_headers() {
    io::HttpHeaders headers;
    for (;;) {
      MODTOOL_TRY(const std::string_view line, next_line("headers"));
      if (line.empty()) return headers;
      auto header = parse_header(line);
      if (!header) {
        return fail(Code::kBadReply, fmt::format("invalid format: invalid header line (line {})", number_));
      }
      headers.push_back(*std::move(header));
    }
  }

  Result<std::string_view> next_line(std::string_view what) {
    const auto end = rest_.find('\n');
    if (end == std::string_view::npos) {
      return fail(Code::kBadReply, fmt::format("invalid format: missing empty line after {}", what));
    }
    const std::string_view line = rest_.substr(0, end);
    rest_.remove_prefix(end + 1);
    ++number_;
    return line;
  }

  std::string_view rest_;
  int number_ = 0;
};

// The fields of git-credential(1) that count here.
struct GitFields {
  std::string protocol, host, path;
  std::string url;  // where it is given, in the place of these three
  std::optional<std::string> user, password;

  void take(std::string_view key, std::string_view value) {
    if (key == "protocol") protocol = value;
    if (key == "host") host = value;
    if (key == "path") path = value;
    if (key == "url" && is_url(value)) url = value;
    if (key == "username") user = value;
    if (key == "password") password = value;
  }

  std::string prefix() const {
    if (!url.empty()) return url;
    if (protocol.empty() || host.empty()) return {};
    const bool has_slash = path.empty() || path.starts_with('/');
    return protocol + "://" + host + (has_slash ? "" : "/") + path;
  }
};

GitFields read_fields(std::string_view text) {
  GitFields fields;
  for (const auto untrimmed : split(text, '\n')) {
    const std::string_view line = trim(untrimmed);
    const auto equals = line.find('=');
    if (equals != std::string_view::npos) fields.take(line.substr(0, equals), line.substr(equals + 1));
  }
  return fields;
}

}  // namespace

std::string_view login_prefix(std::string_view url) {
  constexpr std::string_view kHttps = "https://";
  if (url.starts_with(kHttps)) url.remove_prefix(kHttps.size());
  if (url.ends_with('/')) url.remove_suffix(1);
  return url;
}

Result<std::vector<io::HttpCredential>> parse_auth_reply(std::string_view text) { return ReplyReader(text).read(); }

Result<io::HttpCredential> parse_git_reply(std::string_view text, std::string_view url) {
  const GitFields fields = read_fields(text);
  const std::string prefix = fields.prefix();
  if (prefix.empty() || !fields.user || !fields.password) {
    return fail(Code::kBadReply, fmt::format("'git credential fill' failed for url={}, could not parse url", url));
  }
  if (!url.starts_with(prefix)) {
    return fail(Code::kBadReply,
                fmt::format("requested a credential for {}, but 'git credential fill' provided one for {}", url,
                            io::without_user(prefix)));
  }
  return io::HttpCredential{.prefix = std::string(login_prefix(prefix)),
                            .headers = {io::basic_login({.user = *fields.user, .password = *fields.password})}};
}

}  // namespace modtool::goproxy
