// Repositories of other machines: their references are asked for, their commits fetched once into bare repositories in
// modtool's cache.
//
//   <cache>/<32 digits of the SHA-256 of the URL's identity>/   a bare repository
//   <cache>/<the same>.lock                                     held by who fetches into it
//   <cache>/ssh/<32 digits of the SHA-256 of a server's name>/  what ssh_setup.hpp tells libgit2 of the server
//
// What was fetched is kept by references of its own (refs/fetched/<commit>, refs/all/…), never by the names it has at
// its origin: names move, and what a version stands for is asked anew or read from a lock.
#pragma once

#include <chrono>
#include <memory>
#include <mutex>
#include <set>
#include <string>

#include "core/base/cancellation.hpp"
#include "core/base/reporter.hpp"
#include "core/base/result.hpp"
#include "core/base/retry.hpp"
#include "core/git/git_config.hpp"
#include "core/git/git_login.hpp"
#include "core/git/git_network.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/git/git_origin.hpp"
#include "core/git/git_url.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {

struct GitRemoteOptions {
  std::string cache;     // a directory of modtool's own, absolute
  bool offline = false;  // nothing but what is in the cache
  GitChild child;
  GitNetworkSettings network;
  std::chrono::seconds patience{30};     // without a byte from a server
  std::chrono::milliseconds pause{500};  // before a failure that may pass is tried again; doubled each time
  int attempts = kAttempts;              // of one request, all in all
};

// Opens the repositories of other machines. May be used from several threads; what it is made of outlives it, and it
// outlives the origins.
class GitRemotes {
 public:
  GitRemotes(GitRemoteOptions options, const LazyGitConfig& config, Reporter& reporter, io::FileSystem& files,
             const Cancellation& cancellation);

  // https:// and ssh, and what the user's configuration leads to: git:// and http://. Where something has to be
  // fetched: Code::kOffline, and what git_network.hpp names; those failures that may pass are tried again. A
  // server that asks for a login gets that of the URL, else those that GitLogins finds, until it takes one.
  std::unique_ptr<GitOrigin> open(const GitUrl& url);

 private:
  friend class RemoteOrigin;
  // Says once for each server that its certificate is checked although somebody asked not to.
  void warn_of_verification(const GitConfig& config, const GitUrl& url);
  // Says once for each server that nothing proves who answers.
  void tell_of_plain(const GitUrl& url);

  GitRemoteOptions options_;
  const LazyGitConfig& config_;
  Reporter& reporter_;
  io::FileSystem& files_;
  const Cancellation& cancellation_;
  GitLogins logins_;
  std::mutex mutex_;
  std::set<std::string> warned_;  // hosts; guarded by mutex_
  std::set<std::string> told_;    // likewise
};

}  // namespace modtool::git
