// What netrc files, programs of GOAUTH and `git credential` say.
#include <algorithm>

#include "core/goproxy/auth_reply.hpp"
#include "core/goproxy/go_netrc.hpp"
#include "core/goproxy/login_table.hpp"
#include "tests/fuzz/target.hpp"

namespace modtool::fuzz {
namespace {

constexpr std::string_view kUrl = "https://h:1/a/@v/list";

bool is_one_line(std::string_view text) { return text.find_first_of("\r\n\0", 0, 3) == std::string_view::npos; }

void check_headers(const io::HttpHeaders& headers) {
  for (const auto& [name, value] : headers) {
    must(!name.empty() && is_one_line(name) && !name.contains(':'), "a name of a header is one");
    must(is_one_line(value), "a value is of one line, so that it is no further header");
  }
}

}  // namespace

MODTOOL_FUZZ_TARGET(logins) {
  if (const auto credentials = goproxy::parse_auth_reply(input)) {
    goproxy::LoginTable table;
    for (const auto& credential : *credentials) {
      check_headers(credential.headers);
      table.keep(credential, "");
    }
    if (const auto* const found = table.find(kUrl)) {
      must(io::is_below(kUrl, found->credential.prefix), "a login is for what lies below its prefix");
    }
  }
  if (const auto credential = goproxy::parse_git_reply(input, kUrl)) {
    check_headers(credential->headers);
    must(kUrl.substr(8).starts_with(credential->prefix), "git's login is for the URL");
  }
  const auto logins = goproxy::parse_go_netrc(input);
  for (const auto& [machine, login] : logins) {
    must(!machine.empty() && !login.user.empty() && !login.password.empty(), "an entry has all three");
    must(is_one_line(machine + login.user + login.password), "a word is of one line");
  }
  must(goproxy::parse_go_netrc(input, goproxy::LonePasswords::kTake).size() >= logins.size(), "none is lost");
  const auto lines = std::ranges::count(input, '\n') + 1;
  for (const auto& slip : goproxy::find_netrc_slips(input)) {
    must(slip.line >= 1 && slip.line <= lines, "a slip is of a line that there is");
  }
}

}  // namespace modtool::fuzz
