// Git over the network, seen from modtool: a request to a child process of the same binary, and its answer. libgit2's
// network calls cannot be cancelled and know no time-outs; a child can be killed, and a server that breaks it breaks no
// more than it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/git/git_repository.hpp"
#include "core/git/ssh_known_hosts.hpp"

namespace modtool::git {

struct GitCredential {
  std::string user;
  std::string password;
};

// What a conversation over ssh needs.
struct GitSsh {
  std::vector<HostKey> trusted;        // of the server
  std::vector<HostKey> revoked;        // whatever else is said of them
  std::string home;                    // a directory whose .ssh/known_hosts tells libgit2 which kind of key to ask for
  std::string agent;                   // the socket of ssh-agent; empty: none
  std::vector<std::string> key_files;  // of the user, in the order in which they are tried
};

// Asks for the references of a repository, or fetches some into a bare repository of this machine.
struct GitRequest {
  std::string url;
  std::string into;                    // directory of the bare repository, made where there is none; empty: list only
  std::vector<std::string> refspecs;   // what to fetch
  bool whole_history = false;          // else the last commit alone, where libgit2 can (from 1.7)
  std::chrono::seconds patience{30};   // without a byte from the server
  std::string ca_file;                 // certificates to trust; with the next, empty: libgit2's own choice
  std::string ca_directory;            // the same, each in a file
  std::string proxy;                   // "http://…"; empty: none
  std::vector<std::string> headers;    // "Name: value", which go to the URL's host and port alone
  std::optional<GitCredential> login;  // likewise
  GitSsh ssh;
};

// At the end of `into`'s name while the repository is made: it takes its own name once it is one.
inline constexpr std::string_view kHalfMade = ".tmp";
// What libgit2 calls a pack that is still coming.
inline constexpr std::string_view kUnfinishedPack = "pack_git2_";

struct GitListing {
  std::vector<GitRef> refs;  // tags and branches, sorted by name; annotated tags peeled
  std::string head;          // the default branch, or "HEAD" where it has no name; empty: there is none
  GitId head_commit;
};

// One line a field. A field holds no line end: URLs and references cannot, and a password that does is refused
// (Code::kForbidden).
Result<std::string> format_git_request(const GitRequest& request);
Result<GitRequest> parse_git_request(std::string_view text);
std::string format_git_listing(const GitListing& listing);
Result<GitListing> parse_git_listing(std::string_view text);

// How to start the child: the command makes `run_git_child` (git_child.hpp) answer its standard input.
struct GitChild {
  std::vector<std::string> command;
  std::uint64_t memory = 4ULL << 30;  // bytes of address space
};

// What a child tells while it works: the bytes that came so far. Called on the thread that waits for it.
using GitProgress = std::function<void(std::uint64_t bytes)>;
std::string format_git_progress(std::uint64_t bytes);

// Runs a request in a child, which is killed when the run is cancelled or its server is silent for too long.
// Code::kUnreachable, kServerError, kNotFound, kForbidden, kBadReply, kRedirected; over https kCertificate,
// kLoginMissing, kLoginRefused; over ssh kHostKeyUnknown, kHostKeyChanged, kKeyRefused; kChildFailed where it crashed.
Result<GitListing> run_git_request(const GitRequest& request, const GitChild& child, const Cancellation& cancellation,
                                   const GitProgress& progress = {});

}  // namespace modtool::git
