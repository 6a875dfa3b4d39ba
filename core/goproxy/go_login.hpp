// Logins for https servers as the go command has them: GOAUTH, by default the netrc file (`go help goauth`; cmd/go's
// internal/auth). The methods are asked before the first request, from the last to the first, so that an earlier one's
// logins take the place of a later one's; and again, with the URL and the reply, for a request that a server refuses.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/goproxy/go_netrc.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"

namespace modtool::goproxy {

struct GoAuth {
  std::string methods;  // GOAUTH; empty: netrc
  std::string netrc;    // the file; empty: none
  LonePasswords lone_passwords = LonePasswords::kPassOver;
  std::vector<std::string> environment;  // of the programs that are run, "NAME=value"
  std::string search_path;               // PATH: where they are looked for, in its absolute directories
};

// All of it outlives the logins.
struct GoLoginInputs {
  const io::FileReader& files;
  Reporter& reporter;  // traces what failed
  const Cancellation& cancellation;
};

// Programs are run one at a time, as they may ask people. Code::kBadSetting with Go's words for a GOAUTH that Go
// refuses, and the cancellation's error; a method that fails has no logins. Secrets are in no message.
std::shared_ptr<io::HttpLogins> make_go_logins(GoAuth auth, const GoLoginInputs& inputs);

// Who would give the login for a URL, as far as that can be told without running a program.
struct LoginSources {
  std::string machine;                // the entry of netrc that counts: "host/path"; empty: none
  std::vector<std::string> programs;  // what would be run before or behind that: "GOAUTH=git /work"
};
Result<LoginSources> find_login_sources(const GoAuth& auth, const io::FileReader& files, const std::string& url);

}  // namespace modtool::goproxy
