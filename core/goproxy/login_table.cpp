#include "core/goproxy/login_table.hpp"

#include "core/goproxy/auth_reply.hpp"

namespace modtool::goproxy {

void LoginTable::keep(io::HttpCredential credential, const std::string& source) {
  credential.prefix = login_prefix(credential.prefix);
  const std::string prefix = credential.prefix;
  if (credential.headers.empty()) {
    logins_.erase(prefix);
  } else {
    logins_.insert_or_assign(prefix, KeptLogin{.credential = std::move(credential), .source = source});
  }
}

const KeptLogin* LoginTable::find(std::string_view url) const {
  for (std::string_view place = login_prefix(url);;) {
    const auto found = logins_.find(place);
    if (found != logins_.end()) return &found->second;
    const auto slash = place.rfind('/');
    if (slash == std::string_view::npos) return nullptr;
    place = place.substr(0, slash);
  }
}

}  // namespace modtool::goproxy
