// The connections of libgit2's git:// and https:// transports, made here: so that every byte counts as a sign of life,
// and that a login never reaches another server than the one it is for. libgit2 follows a redirect to another port of
// the same host without asking, with the login at hand.
#pragma once

#include <cstddef>
#include <functional>
#include <string>

namespace modtool::git {

struct GitLibrary;

struct GitStreamRules {
  // Where connections may lead to, the proxy where there is one; empty: anywhere.
  std::string only_host;
  int only_port = 0;
  // Through a proxy, what a connection must ask of it first: "CONNECT host:443 "; empty: anything.
  std::string first_words;
  // Called with the number of bytes that came.
  std::function<void(std::size_t)> heard = [](std::size_t) {};
};

// To be called once in a process, before libgit2 connects; `git` outlives it. Not for ssh, which looks into libgit2's
// own connections.
void use_git_streams(const GitLibrary& git, GitStreamRules rules);

// Whether a connection was refused because it led elsewhere.
bool git_stream_was_refused();

}  // namespace modtool::git
