// What the user's and the machine's settings say of Git over the network: proxies, certificates, keys and logins. The
// environment's part is filled in by who may read it; the Git configuration's part is looked up here.
#pragma once

#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_url.hpp"

namespace modtool::git {

struct GitNetworkSettings {
  std::string home;                      // of ~/.ssh and of "~/" in the Git configuration; empty: none
  std::vector<std::string> known_hosts;  // the files with the keys of ssh servers
  std::string ssh_agent;                 // SSH_AUTH_SOCK; empty: none
  std::string netrc;                     // the file; empty: none
  std::string search_path;               // PATH, for `git`
  std::string proxy;                     // HTTPS_PROXY or ALL_PROXY
  std::string plain_proxy;               // of http:// URLs: http_proxy or ALL_PROXY
  std::string no_proxy;                  // NO_PROXY
  std::string git_ca_file;               // GIT_SSL_CAINFO and GIT_SSL_CAPATH: before the Git configuration
  std::string git_ca_directory;
  std::string ca_file;  // SSL_CERT_FILE and SSL_CERT_DIR: after it
  std::string ca_directory;
  bool no_verification = false;          // GIT_SSL_NO_VERIFY
  std::vector<std::string> environment;  // "NAME=value": the user's, for `git credential` and its helpers
};

// Certificates to trust; both empty: libgit2's own choice.
struct GitAuthorities {
  std::string file;
  std::string directory;
};
GitAuthorities find_authorities(const GitNetworkSettings& settings, const GitConfig& config, const GitUrl& url);

// The proxy for an https or http URL: "http://…", empty where there is none. Code::kBadSetting for a proxy of another
// kind.
Result<std::string> find_proxy(const GitNetworkSettings& settings, const GitConfig& config, const GitUrl& url);

// Whether somebody asked not to check certificates, which is not done.
bool asks_for_no_verification(const GitNetworkSettings& settings, const GitConfig& config, const GitUrl& url);

}  // namespace modtool::git
