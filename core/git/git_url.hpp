// Where a Git repository is, in the forms that Git knows: https://, ssh://, git:// and file:// URLs, host:path (ssh),
// and paths of this machine. The gate for URLs from manifests and from Git configurations: what passes can be given to
// a transport, shown, and compared.
//
// Refused, whatever it would do: other transports and helpers ("ext::", "fd::"), schemes in upper case, what could be
// taken for an option of ssh or of a remote program (a host, user or path that starts with "-"), control characters
// (also behind percent signs), "..", and queries; over ssh also passwords, and what a remote shell could take for more
// than a name.
#pragma once

#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace modtool::git {

enum class GitTransport { kLocal, kGit, kHttp, kHttps, kSsh };

struct GitUrl {
  GitTransport transport = GitTransport::kLocal;
  std::string text;  // as it was written, for the transport; may hold a password
  std::string user;  // "name" or "name:password", percent signs undone
  std::string host;  // in lower case; empty for kLocal
  int port = 0;      // 0: the transport's own
  std::string path;  // of kLocal a path of this machine, maybe relative; otherwise as it stands in the URL

  // For people and files: without user and password.
  std::string shown() const;
  // For libgit2: without a password, and without a user but for ssh, in a spelling that it knows.
  std::string transport_text() const;
  // The host as it is looked up: an IPv6 address without its brackets.
  std::string bare_host() const;
  // The port, or the transport's own.
  int effective_port() const;
  // Whether nothing proves who answers: git:// and http://.
  bool is_plain() const { return transport == GitTransport::kGit || transport == GitTransport::kHttp; }
  // Equal for two spellings of one repository: no user, no ".git", no slash at the end, and whatever the transport.
  std::string identity() const;
};

// Whether git:// and http:// are taken: only the user's own configuration may lead there.
enum class PlainUrls { kRefused, kTaken };

// Code::kBadGitUrl; kUnsupportedScheme for a plain one that is refused.
Result<GitUrl> parse_git_url(std::string_view text, PlainUrls plain = PlainUrls::kRefused);

}  // namespace modtool::git
