// ssh as libgit2 speaks it through libssh2, in the child process: whether the server is the right one, and which of the
// user's keys is tried next.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "core/base/error.hpp"
#include "core/git/git_network.hpp"
#include "core/git/git_url.hpp"

struct git_cert;
struct git_credential;

namespace modtool::git {

struct GitLibrary;

// For one conversation. What it is made of outlives it.
class GitSshTalk {
 public:
  GitSshTalk(const GitLibrary& git, const GitRequest& request, const GitUrl& url)
      : git_(git), ssh_(request.ssh), url_(url) {}

  // 0 where the server shows a trusted key; otherwise a code of libgit2's, and `refusal` says why. libgit2's own
  // opinion does not count: it looks into one file only.
  int check(const git_cert* certificate);
  // The next way to log in; a code of libgit2's where there is none.
  int next_key(git_credential** out, const char* user, unsigned allowed);

  const std::optional<Error>& refusal() const { return refusal_; }

 private:
  int refuse(Code code, const std::string& what, Fix fix);
  bool agent_answers() const;

  const GitLibrary& git_;
  const GitSsh& ssh_;
  const GitUrl& url_;
  bool asked_agent_ = false;
  std::size_t next_file_ = 0;
  std::optional<Error> refusal_;
};

}  // namespace modtool::git
