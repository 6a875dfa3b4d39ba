#include "core/io/url.hpp"

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"

namespace modtool::io {
namespace {

std::string_view default_port(std::string_view scheme) {
  if (scheme == "https") return "443";
  return scheme == "http" ? "80" : "1080";
}

}  // namespace

UrlParts split_url(std::string_view url) {
  const auto slashes = url.find("://");
  if (slashes == std::string_view::npos) return {.scheme = url.substr(0, url.find(':')), .user = {}, .place = {}};
  const std::string_view rest = url.substr(slashes + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const auto at = authority.rfind('@');
  const bool has_user = at != std::string_view::npos;
  return {.scheme = url.substr(0, slashes),
          .user = has_user ? authority.substr(0, at) : std::string_view(),
          .place = has_user ? authority.substr(at + 1) : authority};
}

std::optional<HostAndPort> split_port(std::string_view text) {
  const auto colon = text.rfind(':');
  if (colon == std::string_view::npos) return std::nullopt;
  std::string_view host = text.substr(0, colon);
  const bool has_brackets = host.size() > 1 && host.starts_with('[') && host.ends_with(']');
  if (has_brackets) host = host.substr(1, host.size() - 2);
  if (!has_brackets && host.contains(':')) return std::nullopt;
  return HostAndPort{.host = std::string(host), .port = std::string(text.substr(colon + 1))};
}

HostAndPort host_and_port(std::string_view url) {
  const UrlParts parts = split_url(url);
  const std::string place = to_lower(parts.place);
  auto found = split_port(place);
  if (!found) found = split_port(place + ":").value_or(HostAndPort{.host = place, .port = {}});
  if (found->port.empty()) found->port = default_port(parts.scheme);
  return *std::move(found);
}

std::string mask_password(std::string_view url) {
  const std::string_view user = split_url(url).user;
  std::string masked(url);
  const auto colon = user.find(':');
  if (colon == std::string_view::npos) return masked;
  const auto secret = static_cast<std::size_t>(user.data() - url.data()) + colon + 1;
  return masked.replace(secret, user.size() - colon - 1, "xxxxx");
}

std::string without_user(std::string_view url) {
  const std::string_view user = split_url(url).user;
  std::string plain(url);
  return user.empty() ? plain : plain.erase(static_cast<std::size_t>(user.data() - url.data()), user.size() + 1);
}

Result<std::string> unescape_url(std::string_view text) {
  std::string plain;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      plain += text[i];
      continue;
    }
    const int high = i + 1 < text.size() ? hex_value(text[i + 1]) : -1;
    const int low = i + 2 < text.size() ? hex_value(text[i + 2]) : -1;
    if (high < 0 || low < 0) return fail(Code::kBadSetting, "invalid URL escape " + quote(text.substr(i, 3)));
    plain += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return plain;
}

}  // namespace modtool::io
