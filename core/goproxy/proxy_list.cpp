#include "core/goproxy/proxy_list.hpp"

#include "core/base/text.hpp"
#include "core/goproxy/proxy_url.hpp"

namespace modtool::goproxy {
namespace {

using Kind = ProxyEntry::Kind;

// A bare host is meant as https; single words are kept for Go's own use.
std::string with_scheme(std::string_view url) {
  const bool is_host = url.find_first_of(".:/") != std::string_view::npos && url.find(":/") == std::string_view::npos &&
                       !url.starts_with('/');
  return (is_host ? "https://" : "") + std::string(url);
}

Result<ProxyEntry> parse_entry(std::string_view text, char separator) {
  if (text == "off") return ProxyEntry{.kind = Kind::kOff};
  if (text == "direct") return ProxyEntry{.kind = Kind::kDirect};
  ProxyEntry entry{.url = with_scheme(text), .falls_back_on_any = separator == '|'};
  MODTOOL_CHECK(parse_proxy_url(entry.url));
  return entry;
}

}  // namespace

Result<ProxyList> parse_proxy_list(std::string_view proxies, std::string_view private_patterns) {
  ProxyList list{.private_patterns = std::string(private_patterns)};
  if (!private_patterns.empty() && proxies != "direct") list.entries.push_back({.kind = Kind::kPrivate});
  const std::size_t given = list.entries.size();
  while (!proxies.empty()) {
    const auto end = std::min(proxies.find_first_of(",|"), proxies.size());
    const char separator = end < proxies.size() ? proxies[end] : ',';
    const std::string_view text = trim(proxies.substr(0, end));
    proxies.remove_prefix(std::min(end + 1, proxies.size()));
    if (text.empty()) continue;
    MODTOOL_TRY(ProxyEntry entry, parse_entry(text, separator));
    list.entries.push_back(std::move(entry));
    if (list.entries.back().kind != Kind::kProxy) break;  // nothing after "off" and "direct" counts
  }
  if (list.entries.size() == given) {
    return fail(Code::kBadSetting, "GOPROXY list is not the empty string, but contains no entries");
  }
  return list;
}

}  // namespace modtool::goproxy
