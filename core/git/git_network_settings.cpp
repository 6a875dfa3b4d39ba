#include "core/git/git_network_settings.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/base/text.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kHttp = "http://";

std::string expand_home(const std::string& path, const std::string& home) {
  return path.starts_with("~/") ? io::join_path(home, path.substr(2)) : path;
}

// An entry of NO_PROXY: "*", "host", ".domain" or "*.domain", perhaps with ":port".
bool is_excepted(std::string_view entry, const GitUrl& url) {
  if (entry == "*") return true;
  const auto colon = entry.rfind(':');
  if (colon != std::string_view::npos && !entry.ends_with(']')) {
    if (entry.substr(colon + 1) != std::to_string(url.effective_port())) return false;
    entry = entry.substr(0, colon);
  }
  if (entry.starts_with('*')) entry.remove_prefix(1);
  if (entry.starts_with('.')) entry.remove_prefix(1);
  if (entry.empty() || !url.host.ends_with(entry)) return false;
  return url.host.size() == entry.size() || url.host[url.host.size() - entry.size() - 1] == '.';
}

// Without "user:password@".
std::string shown_proxy(const std::string& proxy) {
  const auto at = proxy.rfind('@');
  const auto slashes = proxy.find("://");
  const auto start = slashes == std::string::npos ? 0 : slashes + 3;
  return at == std::string::npos ? proxy : proxy.substr(0, start) + proxy.substr(at + 1);
}

}  // namespace

GitAuthorities find_authorities(const GitNetworkSettings& settings, const GitConfig& config, const GitUrl& url) {
  const auto chosen = [&](const std::string& first, std::string_view key) {
    return first.empty() ? expand_home(http_setting(config, key, url).value_or(""), settings.home) : first;
  };
  GitAuthorities authorities{.file = chosen(settings.git_ca_file, "sslcainfo"),
                             .directory = chosen(settings.git_ca_directory, "sslcapath")};
  if (!authorities.file.empty() || !authorities.directory.empty()) return authorities;
  return {.file = settings.ca_file, .directory = settings.ca_directory};
}

Result<std::string> find_proxy(const GitNetworkSettings& settings, const GitConfig& config, const GitUrl& url) {
  const auto entries = split(settings.no_proxy, ',');
  if (std::ranges::any_of(entries, [&](std::string_view entry) { return is_excepted(trim(entry), url); })) return "";
  const bool is_plain = url.transport == GitTransport::kHttp;
  std::string proxy = http_setting(config, "proxy", url).value_or(is_plain ? settings.plain_proxy : settings.proxy);
  if (proxy.empty()) return proxy;
  if (proxy.find("://") == std::string::npos) proxy.insert(0, kHttp);
  if (proxy.starts_with(kHttp)) return proxy;
  return fail(Code::kBadSetting,
              fmt::format("proxy {}: only proxies at http:// are spoken to (https goes through them encrypted)",
                          quote(shown_proxy(proxy))));
}

bool asks_for_no_verification(const GitNetworkSettings& settings, const GitConfig& config, const GitUrl& url) {
  const std::string verify = http_setting(config, "sslverify", url).value_or("true");
  const auto is_no = [](std::string_view value) {
    return value == "false" || value == "no" || value == "off" || value == "0" || value.empty();
  };
  return settings.no_verification || is_no(verify);
}

}  // namespace modtool::git
