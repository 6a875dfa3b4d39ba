#include "core/goproxy/proxy_chain.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "core/base/text.hpp"
#include "core/goproxy/proxy_url.hpp"
#include "core/io/url.hpp"
#include "core/module/path.hpp"

namespace modtool::goproxy {

using module::ModuleVersion;

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

constexpr std::string_view kSeparators =
    "in GOPROXY the entry behind a `,` is asked only after 404 or 410, the one behind a `|` after any failure";
constexpr std::string_view kNotAsked =
    "the rest of GOPROXY was not asked: behind a `,` it is asked only after 404 or 410, behind a `|` after any failure";

// Those that serve everybody, and so have no module that is not public.
bool is_public_proxy(const ProxyEntry& entry) {
  constexpr std::array<std::string_view, 4> kHosts = {"proxy.golang.org", "goproxy.io", "goproxy.cn", "goproxy.dev"};
  return entry.kind == Kind::kProxy && std::ranges::find(kHosts, io::host_and_port(entry.url).host) != kHosts.end();
}

// "git.example.com/team" of "git.example.com/team/lib": who has one private module has others beside it.
std::string owner_of(const std::string& path) {
  const auto slash = path.find('/');
  return slash == std::string::npos ? path : path.substr(0, path.find('/', slash + 1));
}

std::string private_hint(const std::string& path) {
  return fmt::format(
      "a public proxy knows no private modules: if this is one, GOPRIVATE={} keeps its name from proxies",
      owner_of(path));
}

// How much an error tells; a higher rank is shown rather than a lower one.
enum class Rank { kNotFound, kProxy, kRepository };

// Go counts "off" and what GONOPROXY keeps from a proxy as not found.
bool is_not_found(const Error& error) { return error.code == Code::kNotFound || error.code == Code::kOffline; }

// The errors of the entries that were asked, and the best of them.
class Attempts {
 public:
  void add(const ProxyLink& link, bool is_private, const Error& error) {
    attempts_.push_back(error);
    const bool is_repository = link.entry.kind == Kind::kDirect || (link.entry.kind == Kind::kPrivate && is_private);
    const Rank rank = is_repository ? Rank::kRepository : is_not_found(error) ? Rank::kNotFound : Rank::kProxy;
    if (rank < best_rank_) return;
    best_ = attempts_.size() - 1;
    best_rank_ = rank;
  }

  // `is_whole`: nobody is left to ask.
  std::unexpected<Error> finish(bool is_whole) && {
    if (attempts_.empty()) return fail(Code::kOffline, "no source to fetch from");
    Error error = attempts_[best_];
    if (!is_whole) error.notes.emplace_back(kNotAsked);
    if (is_whole && attempts_.size() > 1) error.notes.emplace_back(kSeparators);
    if (attempts_.size() > 1) error.attempts = std::move(attempts_);
    return fail(std::move(error));
  }

 private:
  std::vector<Error> attempts_;
  std::size_t best_ = 0;
  Rank best_rank_ = Rank::kNotFound;
};

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

template <class T>
Result<T> ProxyChain::ask(const ProxyLink& link, bool is_private, const Request<T>& request) {
  const Kind kind = link.entry.kind;
  if (kind == Kind::kPrivate && !is_private) {
    return fail(Code::kNotFound, "path does not match GOPRIVATE/GONOPROXY");
  }
  if (is_private && kind != Kind::kPrivate && kind != Kind::kDirect) {
    return fail(Code::kNotFound, "disabled by GOPRIVATE/GONOPROXY");
  }
  return request(*link.source);
}

template <class T>
Result<T> ProxyChain::ask_each(const std::string& path, const Request<T>& request) {
  const bool is_private = module::match_prefix_patterns(private_patterns_, path);
  Attempts attempts;
  for (const ProxyLink& link : links_) {
    auto result = ask<T>(link, is_private, request);
    if (result) return result;
    const bool is_absent = is_not_found(result.error());
    if (result.error().code == Code::kNotFound && !is_private && is_public_proxy(link.entry)) {
      result.error().notes.push_back(private_hint(path));
    }
    attempts.add(link, is_private, result.error());
    if (!link.entry.falls_back_on_any && !is_absent) return std::move(attempts).finish(&link == &links_.back());
  }
  return std::move(attempts).finish(true);
}

Result<std::vector<std::string>> ProxyChain::fetch_versions(const std::string& path) {
  return ask_each<std::vector<std::string>>(path, [&](ZipSource& source) { return source.fetch_versions(path); });
}

Result<source::VersionInfo> ProxyChain::fetch_info(const std::string& path, const std::string& query) {
  return ask_each<source::VersionInfo>(path, [&](ZipSource& source) { return source.fetch_info(path, query); });
}

Result<source::VersionInfo> ProxyChain::fetch_latest(const std::string& path) {
  return ask_each<source::VersionInfo>(path, [&](ZipSource& source) { return source.fetch_latest(path); });
}

Result<std::string> ProxyChain::fetch_mod(const ModuleVersion& module) {
  return ask_each<std::string>(module.path, [&](ZipSource& source) { return source.fetch_mod(module); });
}

Result<void> ProxyChain::fetch_zip(const ModuleVersion& module, const std::string& destination) {
  return ask_each<void>(module.path, [&](ZipSource& source) { return source.fetch_zip(module, destination); });
}

}  // namespace modtool::goproxy
