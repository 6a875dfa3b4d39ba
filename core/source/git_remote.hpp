// Repositories of other machines: their references are asked for, their commits fetched once into bare repositories in
// modtool's cache.
//
//   <cache>/<32 digits of the SHA-256 of the URL's identity>/   a bare repository
//   <cache>/<the same>.lock                                     held by who fetches into it
//
// What was fetched is kept by references of its own (refs/fetched/<commit>, refs/all/…), never by the names it has at
// its origin: names move, and what a version stands for is asked anew or read from a lock.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/cancellation.hpp"
#include "core/base/result.hpp"
#include "core/io/file_system.hpp"
#include "core/source/git_network.hpp"
#include "core/source/git_origin.hpp"
#include "core/source/git_url.hpp"

namespace modtool::source {

struct GitRemoteOptions {
  std::string cache;     // a directory of modtool's own, absolute
  bool offline = false;  // nothing but what is in the cache
  GitChild child;
  std::string ca_file;                   // certificates to trust for https; empty: libgit2's own choice
  std::chrono::seconds patience{30};     // without a byte from a server
  std::chrono::milliseconds pause{500};  // before a failure that may pass is tried again; doubled each time
  // Asked once for a repository whose server wants a login; nothing: there is none. May be called from any thread.
  std::function<std::optional<GitCredential>(const GitUrl&)> login = [](const GitUrl&) { return std::nullopt; };
};

// git:// and https://; Code::kUnsupportedScheme for others, kOffline for what would have to be fetched. Failures that
// may pass are tried three times. `options`, `files` and `cancellation` outlive the origin.
Result<std::unique_ptr<GitOrigin>> open_remote_origin(const GitUrl& url, const GitRemoteOptions& options,
                                                      io::FileSystem& files, const Cancellation& cancellation);

}  // namespace modtool::source
