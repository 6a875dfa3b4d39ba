// What a conversation over ssh needs, gathered from the user's files as ssh gathers it. Not looked at: ssh_config,
// ProxyJump, certificates and hardware keys, which libssh2 does not know.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_network.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/git/git_url.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

struct SshSetup {
  GitSsh ssh = {};
  std::string name;                       // of the server in known_hosts
  Where known_at = {};                    // the line of known_hosts that names the server
  std::vector<std::string> locked_files;  // keys with a passphrase, which only ssh-agent can use
};

// What is known of the server and of the user's keys; nothing is written, and `ssh.home` is empty.
SshSetup gather_ssh(const GitUrl& url, const GitNetworkSettings& settings, const io::FileReader& files);

// The command that has known_hosts take a server's keys, once somebody has checked them.
Fix known_hosts_fix(const GitUrl& url);

// The same as gather_ssh, ready for a conversation: `cache` takes a small directory for each server, with the kind of
// its key for libgit2 to read.
Result<SshSetup> prepare_ssh(const GitUrl& url, const GitNetworkSettings& settings, const std::string& cache,
                             io::FileSystem& files);

// Adds to an error of the conversation what only this side knows: the line of known_hosts, the keys that were tried.
Error explain_ssh(Error error, const SshSetup& setup);

// Whether a private key (PEM, or OpenSSH's own format) is encrypted.
bool is_locked_key(std::string_view text);

}  // namespace modtool::git
