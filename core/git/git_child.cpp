#include "core/git/git_child.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <utility>
#include <vector>

#include "core/base/child_reply.hpp"
#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/git/certificate_address.hpp"
#include "core/git/git_failure.hpp"
#include "core/git/git_library.hpp"
#include "core/git/git_loose_guard.hpp"
#include "core/git/git_network.hpp"
#include "core/git/git_ssh.hpp"
#include "core/git/git_stream.hpp"
#include "core/git/git_url.hpp"
#include "core/io/file_system.hpp"

namespace modtool::git {
namespace {

constexpr std::string_view kPeeled = "^{}";  // at the end of a name: what an annotated tag leads to
constexpr std::chrono::milliseconds kBetweenWords{100};

// libgit2 1.5 and later: "the SSL certificate is invalid: %#04x - %s", with MBEDTLS_X509_BADCERT_CN_MISMATCH alone.
constexpr std::string_view kOnlyNameDiffers = "invalid: 0x04 - ";

using Clock = std::chrono::steady_clock;

// What libgit2 gives back to the callbacks.
struct Talk {
  const GitLibrary& git;
  const GitRequest& request;
  const Tell& tell;
  GitSshTalk ssh;
  std::uint64_t received = 0;  // bytes
  Clock::time_point due = {};  // of the next word to the parent
  std::string certificate;     // of the https server, in DER
  std::string accepted;        // one that is taken whatever is found wrong with it
  bool packs_are_here = false;
};

// The server gave a sign of life: it has all its time again.
void rearm(const Talk& talk) { ::alarm(static_cast<unsigned>(talk.request.patience.count())); }

void note_bytes(Talk& talk, std::uint64_t received) {
  rearm(talk);
  talk.received = received;
  const auto now = Clock::now();
  if (now < talk.due) return;
  talk.due = now + kBetweenWords;
  talk.tell(format_git_progress(received));
}

std::string pack_directory(const GitRequest& request) { return io::join_path(request.into, "objects/pack"); }

// Where libgit2 could not look at the directory of packs, it writes them to the root of the file system.
bool packs_are_here(const GitRequest& request) {
  const auto entries = io::disk().list(pack_directory(request)).or_nothing();
  const auto is_coming = [](const io::DirectoryEntry& entry) { return entry.name.starts_with(kUnfinishedPack); };
  return entries && std::ranges::any_of(*entries, is_coming);
}

// Over ssh libgit2 alone sees the bytes, and counts those of the pack.
int on_progress(const git_indexer_progress* stats, void* payload) {
  auto& talk = *static_cast<Talk*>(payload);
  talk.packs_are_here = talk.packs_are_here || packs_are_here(talk.request);
  if (!talk.packs_are_here) return GIT_EUSER;
  note_bytes(talk, std::max<std::uint64_t>(talk.received, stats->received_bytes));
  return 0;
}

int on_message(const char* /*text*/, int /*size*/, void* payload) {
  rearm(*static_cast<Talk*>(payload));
  return 0;
}

int on_certificate(git_cert* certificate, int /*valid*/, const char* /*host*/, void* payload) {
  return static_cast<Talk*>(payload)->ssh.check(certificate);
}

int on_server_certificate(git_cert* certificate, int /*valid*/, const char* /*host*/, void* payload) {
  auto& talk = *static_cast<Talk*>(payload);
  if (certificate->cert_type != GIT_CERT_X509) return GIT_PASSTHROUGH;
  const auto& x509 = *reinterpret_cast<const git_cert_x509*>(certificate);
  talk.certificate.assign(static_cast<const char*>(x509.data), x509.len);
  return !talk.accepted.empty() && talk.accepted == talk.certificate ? 0 : GIT_PASSTHROUGH;
}

int on_credentials(git_credential** out, const char* /*url*/, const char* user, unsigned allowed, void* payload) {
  return static_cast<Talk*>(payload)->ssh.next_key(out, user, allowed);
}

// "http://[user@]host[:port]"
std::pair<std::string, int> proxy_place(std::string_view proxy) {
  constexpr int kHttpPort = 80;
  proxy.remove_prefix(std::min(proxy.size(), proxy.find("//") + 2));
  proxy = proxy.substr(0, proxy.find('/'));
  proxy.remove_prefix(proxy.rfind('@') + 1);
  const auto colon = proxy.ends_with(']') ? std::string_view::npos : proxy.rfind(':');
  int port = kHttpPort;
  if (colon != std::string_view::npos) std::from_chars(proxy.begin() + colon + 1, proxy.end(), port);
  auto host = proxy.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  return {std::string(host), port};
}

class Conversation {
 public:
  Conversation(const GitLibrary& git, const GitRequest& request, const GitUrl& url, const Tell& tell)
      : talk_{.git = git, .request = request, .tell = tell, .ssh = {git, request, url}},
        url_(url),
        texts_(headers_of(request)) {
    for (auto& text : texts_) pointers_.push_back(text.data());
    headers_ = {pointers_.data(), pointers_.size()};
  }

  Result<GitListing> run() {
    MODTOOL_CHECK(set_authorities());
    if (url_.transport != GitTransport::kSsh) use_git_streams(git(), stream_rules());
    auto answer = converse();
    return !answer && accept_address() ? converse() : std::move(answer);
  }

 private:
  const GitLibrary& git() const { return talk_.git; }

  Result<GitListing> converse() {
    rearm(talk_);
    return talk_.request.into.empty() ? list() : fetch();
  }

  // mbedTLS finds nothing wrong with a server's certificate but its name, since it looks for none that is an address:
  // where it is for that address (RFC 9110, 4.3.5), this very certificate is taken.
  bool accept_address() {
    const bool is_name_alone = outcome_ == GIT_ECERTIFICATE && words_.contains(kOnlyNameDiffers);
    if (!is_name_alone || !names_address(talk_.certificate, url_.bare_host())) return false;
    talk_.accepted = talk_.certificate;
    return true;
  }

  Result<void> set_authorities() const {
    const auto& [file, directory] = std::tie(talk_.request.ca_file, talk_.request.ca_directory);
    if (file.empty() && directory.empty()) return {};
    const auto given = [](const std::string& path) { return path.empty() ? nullptr : path.c_str(); };
    if (git().libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, given(file), given(directory)) == 0) return {};
    return fail(Code::kBadSetting, fmt::format("certificates in {}: {}", file.empty() ? directory : file,
                                               make_printable(git().last_error())));
  }

  // With a login or a header, no connection leads to any other server.
  GitStreamRules stream_rules() {
    GitStreamRules rules{.heard = [this](std::size_t count) { note_bytes(talk_, talk_.received + count); }};
    if (texts_.empty()) return rules;
    rules.only_host = url_.bare_host();
    rules.only_port = url_.effective_port();
    if (talk_.request.proxy.empty()) return rules;
    if (url_.transport == GitTransport::kHttps) {
      rules.first_words = fmt::format("CONNECT {}:{} ", url_.host, url_.effective_port());
    }
    std::tie(rules.only_host, rules.only_port) = proxy_place(talk_.request.proxy);
    return rules;
  }

  // libgit2 1.5 loses its place in the connection where a server asks for a login, so the login goes with the first
  // request. It must then not follow where that is sent on to.
  static std::vector<std::string> headers_of(const GitRequest& request) {
    std::vector<std::string> headers = request.headers;
    if (!request.login) return headers;
    // The login takes the place of a header that was refused.
    std::erase_if(headers, [](const std::string& header) { return to_lower(header).starts_with("authorization:"); });
    const std::string login = request.login->user + ":" + request.login->password;
    headers.push_back("Authorization: Basic " + to_base64(std::vector<std::uint8_t>(login.begin(), login.end())));
    return headers;
  }

  git_remote_redirect_t redirects() const {
    return texts_.empty() ? GIT_REMOTE_REDIRECT_INITIAL : GIT_REMOTE_REDIRECT_NONE;
  }

  std::unexpected<Error> failed(int outcome) {
    outcome_ = outcome;
    words_ = git().last_error();
    if (talk_.ssh.refusal()) return fail(*talk_.ssh.refusal());
    return fail(git_failure(talk_.request, outcome, git().last_error()));
  }

  git_remote_callbacks callbacks() {
    git_remote_callbacks made = GIT_REMOTE_CALLBACKS_INIT;
    made.sideband_progress = on_message;
    made.transfer_progress = on_progress;
    made.payload = &talk_;
    if (url_.transport == GitTransport::kSsh) {
      made.certificate_check = on_certificate;
      made.credentials = on_credentials;
    } else if (url_.transport == GitTransport::kHttps) {
      made.certificate_check = on_server_certificate;
    }
    return made;
  }

  git_proxy_options proxy() const {
    git_proxy_options made = GIT_PROXY_OPTIONS_INIT;
    if (talk_.request.proxy.empty()) return made;
    made.type = GIT_PROXY_SPECIFIED;
    made.url = talk_.request.proxy.c_str();
    return made;
  }

  Result<GitListing> list() {
    git_remote* made = nullptr;
    if (const int outcome = git().remote_create_detached(&made, place_.c_str()); outcome != 0) {
      return failed(outcome);
    }
    const GitHandle<git_remote> remote(made, git().remote_free);
    git_remote_connect_options options = GIT_REMOTE_CONNECT_OPTIONS_INIT;
    options.callbacks = callbacks();
    options.proxy_opts = proxy();
    options.follow_redirects = redirects();
    options.custom_headers = headers_;
    if (const int outcome = git().remote_connect_ext(made, GIT_DIRECTION_FETCH, &options); outcome != 0) {
      return failed(outcome);
    }
    const git_remote_head** heads = nullptr;
    std::size_t count = 0;
    if (const int outcome = git().remote_ls(&heads, &count, made); outcome != 0) return failed(outcome);
    return listing_of({heads, count});
  }

  static GitListing listing_of(std::span<const git_remote_head*> heads) {
    GitListing listing;
    std::map<std::string, GitId> commits;  // what follows a name with "^{}" replaces what stands for it alone
    for (const git_remote_head* head : heads) {
      GitId id;
      std::copy_n(head->oid.id, id.bytes.size(), id.bytes.begin());
      std::string name = head->name;
      if (name == "HEAD") {
        listing.head = head->symref_target != nullptr ? head->symref_target : name;
        listing.head_commit = id;
      }
      if (name.ends_with(kPeeled)) name.resize(name.size() - kPeeled.size());
      if (name.starts_with("refs/tags/") || name.starts_with("refs/heads/")) commits[name] = id;
    }
    for (auto& [name, id] : commits) listing.refs.push_back({name, id});
    return listing;
  }

  Result<void> make_repository(const std::string& directory) {
    const std::string half_made = directory + std::string(kHalfMade);
    git_repository* made = nullptr;
    if (git().repository_init(&made, half_made.c_str(), 1) != 0) return no_repository();
    git().repository_free(made);
    return io::disk().rename(half_made, directory);
  }

  Result<GitHandle<git_repository>> open_or_make_repository() {
    const std::string& directory = talk_.request.into;
    MODTOOL_TRY(const auto there, io::disk().lstat(directory).if_there());
    if (!there) MODTOOL_CHECK(make_repository(directory));
    MODTOOL_CHECK(io::disk().make_directories(pack_directory(talk_.request)));
    git_repository* opened = nullptr;
    if (open_guarded_repository(git(), &opened, directory, GIT_REPOSITORY_OPEN_NO_SEARCH) != 0) return no_repository();
    return GitHandle<git_repository>(opened, git().repository_free);
  }

  std::unexpected<Error> no_repository() const {
    return fail(Code::kBadGitRepository, fmt::format("{}: {}", talk_.request.into, git().last_error()));
  }

  Result<GitListing> fetch() {
    MODTOOL_TRY(const auto repository, open_or_make_repository());
    git_remote* made = nullptr;
    if (const int outcome = git().remote_create_anonymous(&made, repository.get(), place_.c_str()); outcome != 0) {
      return failed(outcome);
    }
    const GitHandle<git_remote> remote(made, git().remote_free);
    std::vector<char*> specs;
    specs.reserve(talk_.request.refspecs.size());
    for (const auto& spec : talk_.request.refspecs) specs.push_back(const_cast<char*>(spec.c_str()));
    const git_strarray wanted{specs.data(), specs.size()};
    const git_fetch_options options = fetch_options();
    const int outcome = git().remote_fetch(made, &wanted, &options, nullptr);
    if (outcome == GIT_EUSER && !talk_.packs_are_here) {
      return fail(Code::kIo, pack_directory(talk_.request) + ": the pack that comes cannot be seen there");
    }
    if (outcome != 0) return failed(outcome);
    return GitListing{};
  }

  git_fetch_options fetch_options() {
    git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
    options.callbacks = callbacks();
    options.proxy_opts = proxy();
    options.prune = GIT_FETCH_NO_PRUNE;
    options.update_fetchhead = 0;
    options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE;
    options.follow_redirects = redirects();
    options.custom_headers = headers_;
#if LIBGIT2_VER_MAJOR > 1 || LIBGIT2_VER_MINOR >= 7
    options.depth = talk_.request.whole_history ? GIT_FETCH_DEPTH_UNSHALLOW : 1;
#endif
    return options;
  }

  Talk talk_;
  const GitUrl& url_;
  std::string place_ = url_.transport_text();
  std::vector<std::string> texts_;  // headers
  std::vector<char*> pointers_;     // to them
  git_strarray headers_{};
  int outcome_ = 0;    // of the call that failed last
  std::string words_;  // and what libgit2 said
};

Result<std::string> reply_to(std::string_view input, const Tell& tell) {
  MODTOOL_TRY(const auto request, parse_git_request(input));
  MODTOOL_TRY(const auto url, parse_git_url(request.url, PlainUrls::kTaken));
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  MODTOOL_TRY(const auto listing, Conversation(*git, request, url, tell).run());
  return format_git_listing(listing);
}

}  // namespace

std::string run_git_child(std::string_view input, const Tell& tell) {
  const auto reply = reply_to(input, tell);
  return reply ? *reply : format_child_error(reply.error());
}

}  // namespace modtool::git
