// GOPROXY: which proxies are asked for a module, and in which order (go.dev/ref/mod#environment-variables).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

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

}  // namespace modtool::goproxy
