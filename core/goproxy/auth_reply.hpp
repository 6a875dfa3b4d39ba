// What the programs of GOAUTH say: logins as header lines, and those of `git credential`. No error holds a word of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/http.hpp"

namespace modtool::goproxy {

//     CredentialSets = { URL '\n' { URL '\n' } '\n' { Name ": " Value '\n' } '\n' }
//
// A URL without a header line takes back what was said of it. Code::kBadReply.
Result<std::vector<io::HttpCredential>> parse_auth_reply(std::string_view text);

// What git-credential(1) prints, for a URL: its login, for what lies below a URL that begins this one. Code::kBadReply.
Result<io::HttpCredential> parse_git_reply(std::string_view text, std::string_view url);

// A URL as logins are kept by: without "https://", and without a slash at the end.
std::string_view login_prefix(std::string_view url);

}  // namespace modtool::goproxy
