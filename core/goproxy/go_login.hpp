// Logins for https servers as the go command has them: GOAUTH, by default the netrc file (`go help goauth`; cmd/go's
// internal/auth). Its rules are not those of curl and Git (core/source/netrc.hpp), and whoever has a file for go must
// be served the same: the machine is the URL without its scheme up to some slash, port included; `default`, quotation
// marks and entries without a name do not count; nothing is malformed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"

namespace modtool::goproxy {

struct GoAuth {
  std::string methods;  // GOAUTH; empty: netrc
  std::string netrc;    // the file; empty: none
};

struct MachineLogin {
  std::string machine;  // "host", "host:port" or "host/path"
  io::HttpLogin login;
};
std::vector<MachineLogin> parse_go_netrc(std::string_view text);

// The login of the longest machine that an https URL begins with, the first of several; nothing where there is none.
std::optional<io::HttpLogin> find_go_login(const std::vector<MachineLogin>& logins, std::string_view url);

// Looks logins up, having read the file once, when the first one is asked for; a file that cannot be read has none.
// Code::kBadSetting with Go's words for a GOAUTH that Go refuses, kNotSupported for other methods than netrc and off.
// `files` outlives it.
io::HttpLogins make_go_logins(GoAuth auth, const io::FileReader& files);

}  // namespace modtool::goproxy
