// GOPROXY: which proxies are asked for a module, and in which order (go.dev/ref/mod#environment-variables). Its entries
// are one source: each is asked in turn, by Go's rules for going on to the next one.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/goproxy/zip_source.hpp"

namespace modtool::goproxy {

struct ProxyEntry {
  enum class Kind {
    kProxy,    // a URL
    kDirect,   // the module's own repository
    kOff,      // nothing may be fetched
    kPrivate,  // stands before all others where GONOPROXY is set: the repository, for paths that match
  };
  Kind kind = Kind::kProxy;
  std::string url;                 // of a proxy
  bool falls_back_on_any = false;  // followed by '|': the next entry is asked after any error, not only "not found"

  bool operator==(const ProxyEntry&) const = default;
};

struct ProxyList {
  std::vector<ProxyEntry> entries;
  std::string private_patterns;  // GONOPROXY: module paths that no proxy is asked for
};

// Code::kBadSetting with Go's words: a scheme that is none of https, http and file, or no entry at all.
Result<ProxyList> parse_proxy_list(std::string_view proxies, std::string_view private_patterns);

// One entry of the list with what stands for it. Entries for repositories ("direct", and the private one) hold the
// source that reads repositories.
struct ProxyLink {
  ProxyEntry entry;
  std::unique_ptr<ZipSource> source;
};

// After ',' the next entry is asked only where this one does not have what is asked for (404, 410); after '|' always.
// If all fail, the error is the most telling one: of a repository, else one that is not "not found", else the last;
// it keeps all of them in `attempts`.
class ProxyChain final : public ZipSource {
 public:
  // `private_patterns` is GONOPROXY: for paths that match it only repositories are asked.
  ProxyChain(std::vector<ProxyLink> links, std::string private_patterns)
      : links_(std::move(links)), private_patterns_(std::move(private_patterns)) {}

  Result<std::vector<std::string>> fetch_versions(const std::string& path) override;
  Result<source::VersionInfo> fetch_info(const std::string& path, const std::string& query) override;
  Result<source::VersionInfo> fetch_latest(const std::string& path) override;
  Result<std::string> fetch_mod(const module::ModuleVersion& module) override;
  Result<void> fetch_zip(const module::ModuleVersion& module, const std::string& destination) override;

 private:
  template <class T>
  using Request = std::function<Result<T>(ZipSource&)>;

  template <class T>
  Result<T> ask_each(const std::string& path, const Request<T>& request);
  template <class T>
  static Result<T> ask(const ProxyLink& link, bool is_private, const Request<T>& request);

  std::vector<ProxyLink> links_;
  std::string private_patterns_;
};

}  // namespace modtool::goproxy
