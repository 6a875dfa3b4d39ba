// The keys of ssh servers that the user knows, from files in OpenSSH's format (sshd(8), SSH_KNOWN_HOSTS FILE FORMAT):
// plain, hashed and negated names, patterns, ports, and keys that are revoked. libgit2 looks into one file only and
// cannot tell an unknown server from one that shows another key.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.hpp"

namespace modtool::git {

struct HostKey {
  std::string type;   // "ssh-ed25519"
  std::string bytes;  // as the server sends it

  bool operator==(const HostKey&) const = default;
};

// What is known of one server.
struct KnownKeys {
  std::vector<HostKey> trusted;
  std::vector<HostKey> revoked;
  Where where = {};  // the first line that names the server
};

// Adds what a file says of a server. Lines that cannot be understood are passed over, as ssh does; so are those of
// certificate authorities, since libssh2 knows no certificates.
void add_known_keys(std::string_view text, const std::string& file, std::string_view host, int port, KnownKeys& known);

// How a server is called in such a file: "host", or "[host]:2222" where the port is not ssh's own.
std::string known_host_name(std::string_view host, int port);

}  // namespace modtool::git
