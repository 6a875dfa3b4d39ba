// Addresses of module proxies, as far as the GOPROXY protocol needs them.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::goproxy {

struct ProxyUrl {
  std::string scheme;  // "https", "http" or "file"
  std::string base;    // the whole address, without slashes at the end
  std::string shown;   // the same with a password masked, for messages
  std::string path;    // of a file URL: the directory, unescaped and absolute
};

// Code::kBadSetting with Go's words.
Result<ProxyUrl> parse_proxy_url(std::string_view url);

// The text with everything escaped that may not stand in the path of a URL; slashes stay.
std::string escape_url_path(std::string_view path);

}  // namespace modtool::goproxy
