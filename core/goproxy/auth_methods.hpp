// GOAUTH: who is asked for logins (`go help goauth`).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/file_system.hpp"

namespace modtool::goproxy {

struct AuthMethod {
  enum class Kind {
    kNetrc,    // the netrc file
    kGit,      // `git credential`, in a directory
    kCommand,  // a program
  };
  Kind kind = Kind::kNetrc;
  std::string text = "netrc";  // as it is given
  std::string directory = {};  // of kGit

  bool operator==(const AuthMethod&) const = default;
};

// The methods of the list, the first one the strongest; none for "off". Code::kBadSetting with Go's words for what Go
// refuses, above all a directory for git that is none.
Result<std::vector<AuthMethod>> parse_auth_methods(std::string_view list, const io::FileReader& files);

// "GOAUTH=netrc" for messages; of a program its name alone, as arguments may be secrets.
std::string shown_method(const AuthMethod& method);

}  // namespace modtool::goproxy
