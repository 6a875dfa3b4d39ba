// Logins that were found, by what URLs begin with: the longest one counts, as the go command has it.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/io/http.hpp"

namespace modtool::goproxy {

// A login, and who gave it: "GOAUTH=netrc".
struct KeptLogin {
  io::HttpCredential credential;
  std::string source;
};

class LoginTable {
 public:
  // Takes the place of an older one for the same prefix; without headers it only takes that away.
  void keep(io::HttpCredential credential, const std::string& source);
  const KeptLogin* find(std::string_view url) const;

 private:
  std::map<std::string, KeptLogin, std::less<>> logins_;
};

}  // namespace modtool::goproxy
