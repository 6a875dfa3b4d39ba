// Logins by machine, as ftp, curl and Git keep them in ~/.netrc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::source {

struct NetrcLogin {
  std::string user;  // empty: the entry has only a password
  std::string password;
};

// The login for a machine: of the first entry that names it ("host", or "host:port" for that port alone), or of the
// entry `default`. With a `user`, only an entry of that user or of none counts. Code::kBadSetting for a file that
// breaks the rules, with the line: it may lead to the wrong login.
Result<std::optional<NetrcLogin>> find_netrc_login(std::string_view text, const std::string& file,
                                                   std::string_view host, int port, std::string_view user);

}  // namespace modtool::source
