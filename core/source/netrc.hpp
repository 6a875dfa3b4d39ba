// Logins by machine, as ftp, curl and Git keep them in ~/.netrc.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"

namespace modtool::source {

struct NetrcLogin {
  std::string user;  // empty: the entry has only a password
  std::string password;
};

// Whose login is asked for.
struct NetrcQuestion {
  std::string host;
  std::string port;
  std::string user = {};       // only an entry of that user or of none counts; empty: any
  bool takes_default = false;  // the entry `default` counts where none names the machine
};

// The login for a machine: of the first entry that names it ("host", or "host:port" for that port alone).
// Code::kBadSetting for a file that breaks the rules, with the line: it may lead to the wrong login.
Result<std::optional<NetrcLogin>> find_netrc_login(std::string_view text, const std::string& file,
                                                   const NetrcQuestion& question);

// The same of the file itself; nothing where there is none, or no file is named.
Result<std::optional<NetrcLogin>> load_netrc_login(const io::FileReader& files, const std::string& file,
                                                   const NetrcQuestion& question);

// Code::kBadSetting as above; no word of the file is in it.
Result<void> check_netrc(std::string_view text, const std::string& file);

// Logins of the file for https servers. As they are sent unasked, `default` is for none of them. `files` outlives it.
std::shared_ptr<io::HttpLogins> make_netrc_logins(std::string file, const io::FileReader& files);

}  // namespace modtool::source
