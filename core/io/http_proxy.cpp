#include "core/io/http_proxy.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <vector>

#include "core/base/text.hpp"
#include "core/io/url.hpp"

namespace modtool::io {
namespace {

using Address = std::vector<unsigned char>;  // 4 or 16 bytes

std::optional<Address> parse_address(const std::string& text) {
  Address bytes(sizeof(in6_addr));
  if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1) {
    constexpr std::array<unsigned char, 12> kMapped = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    const bool is_mapped = std::equal(kMapped.begin(), kMapped.end(), bytes.begin());
    if (is_mapped) bytes.erase(bytes.begin(), bytes.begin() + kMapped.size());
    return bytes;
  }
  bytes.resize(sizeof(in_addr));
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return bytes;
  return std::nullopt;
}

bool is_loopback(const Address& address) {
  if (address.size() == sizeof(in_addr)) return address[0] == 127;
  return std::all_of(address.begin(), address.end() - 1, [](unsigned char byte) { return byte == 0; }) &&
         address.back() == 1;
}

// "10.0.0.0/8"; nothing where it is none.
std::optional<bool> is_in_network(const std::string& network, const std::optional<Address>& address) {
  const auto slash = network.find('/');
  if (slash == std::string::npos) return std::nullopt;
  const auto base = parse_address(network.substr(0, slash));
  std::size_t bits = 0;
  const char* const end = network.data() + network.size();
  const auto [stop, failure] = std::from_chars(network.data() + slash + 1, end, bits);
  if (!base || failure != std::errc() || stop != end || bits > base->size() * 8) return std::nullopt;
  if (!address || address->size() != base->size()) return false;
  for (std::size_t i = 0; i < bits; ++i) {
    if ((((*address)[i / 8] ^ (*base)[i / 8]) & (0x80U >> (i % 8))) != 0) return false;
  }
  return true;
}

// "example.com" stands for the host and those below it, ".example.com" and "*.example.com" for the latter alone.
bool is_domain_of(std::string_view domain, std::string_view host) {
  if (domain.starts_with("*.")) domain.remove_prefix(1);
  if (domain.starts_with('.')) return host.ends_with(domain);
  return host == domain || host.ends_with("." + std::string(domain));
}

bool is_excepted(std::string_view written, const HostAndPort& place, const std::optional<Address>& address) {
  const std::string entry = to_lower(trim(written));
  if (entry == "*") return true;
  if (const auto inside = is_in_network(entry, address)) return *inside;
  const HostAndPort exception = split_port(entry).value_or(HostAndPort{.host = entry, .port = {}});
  if (exception.host.empty() || (!exception.port.empty() && exception.port != place.port)) return false;
  if (const auto other = parse_address(exception.host)) return other == address;
  return !address && is_domain_of(exception.host, place.host);
}

bool goes_direct(const HttpProxies& proxies, const HostAndPort& place) {
  const auto address = parse_address(place.host);
  if (place.host == "localhost" || (address && is_loopback(*address))) return true;
  return std::ranges::any_of(split(proxies.exceptions, ','),
                             [&](std::string_view entry) { return is_excepted(entry, place, address); });
}

// libcurl's own default is another port.
Result<std::string> complete_proxy(const std::string& given) {
  const std::string url = split_url(given).place.empty() ? "http://" + given : given;
  const UrlParts parts = split_url(url);
  constexpr std::array<std::string_view, 4> kSpoken = {"http", "https", "socks5", "socks5h"};
  const std::string scheme = to_lower(parts.scheme);
  if (std::ranges::find(kSpoken, scheme) == kSpoken.end()) {
    return fail(Code::kBadSetting, fmt::format("proxy {}: only proxies at http, https and socks5 are spoken to",
                                               quote(mask_password(url))));
  }
  const HostAndPort place = host_and_port(scheme + "://" + std::string(parts.place));
  const std::string user = parts.user.empty() ? "" : std::string(parts.user) + "@";
  const std::string host = place.host.contains(':') ? "[" + place.host + "]" : place.host;
  // Go leaves looking names up to the proxy in either case.
  return fmt::format("{}://{}{}:{}", scheme == "socks5" ? "socks5h" : scheme, user, host, place.port);
}

}  // namespace

Result<std::string> find_proxy(const HttpProxies& proxies, std::string_view url) {
  const bool is_plain = split_url(url).scheme == "http";
  const std::string& given = is_plain ? proxies.plain : proxies.secure;
  if (given.empty()) return std::string();
  if (is_plain && proxies.in_cgi) {
    return fail(Code::kBadSetting,
                "refusing to use HTTP_PROXY value in CGI environment; see golang.org/s/cgihttpproxy");
  }
  if (goes_direct(proxies, host_and_port(url))) return std::string();
  return complete_proxy(given);
}

}  // namespace modtool::io
