// Logins for https servers that ask for one: from the netrc file, then from Git's credential helpers. A login goes to
// the host and port of the URL that it was found for, and nowhere else; it is never shown.
#pragma once

#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/git/git_network.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/git/git_url.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

enum class LoginPlace { kUrl, kNetrc, kHelper };

struct GitLogin {
  GitCredential credential;
  LoginPlace place = LoginPlace::kUrl;
  std::string reply;  // all that a helper said, to be told how it went
};

// What stands in a URL: "https://name:password@host/…"; nothing without a password.
std::optional<GitLogin> login_of_url(const GitUrl& url);

// May be used from several threads; one helper runs at a time, as it may ask people. What it is made of outlives it.
class GitLogins {
 public:
  GitLogins(const GitNetworkSettings& settings, const io::FileReader& files, const Cancellation& cancellation)
      : settings_(settings), files_(files), cancellation_(cancellation) {}

  // The login that netrc or a helper has for a server; nothing where it has none. Code::kBadSetting for a malformed
  // netrc.
  Result<std::optional<GitLogin>> find(const GitUrl& url, LoginPlace place);
  // Tells a helper how its login was taken, as Git does, so that it keeps or forgets it.
  void report(const GitLogin& login, bool accepted);

  // "~/.netrc"
  std::string describe(LoginPlace place) const;

 private:
  Result<std::optional<GitLogin>> find_in_netrc(const GitUrl& url) const;
  Result<std::optional<GitLogin>> ask_helper(const GitUrl& url);
  Result<std::string> run_git(const std::string& git, const std::string& verb, const std::string& input) const;

  const GitNetworkSettings& settings_;
  const io::FileReader& files_;
  const Cancellation& cancellation_;
  std::mutex asking_;
};

// The program of that name in an absolute directory of a search path, an executable file; empty where there is none.
// What is relative, the current directory above all, is passed over.
std::string find_program(const io::FileReader& files, std::string_view search_path, const std::string& name);

}  // namespace modtool::git
