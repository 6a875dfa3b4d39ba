// Which proxy a request goes through, as Go's net/http has it (golang.org/x/net/http/httpproxy).
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/io/http.hpp"

namespace modtool::io {

// The URL of the proxy for an http or https URL, with a port; empty where there is none for it. Hosts of this machine
// are never asked through one. Code::kBadSetting for a proxy that is not spoken to, and inside a CGI program.
Result<std::string> find_proxy(const HttpProxies& proxies, std::string_view url);

}  // namespace modtool::io
