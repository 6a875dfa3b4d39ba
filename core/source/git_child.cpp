#include "core/source/git_child.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <utility>
#include <vector>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/source/git_library.hpp"
#include "core/source/git_network.hpp"
#include "core/source/git_url.hpp"

namespace modtool::source {
namespace {

constexpr std::string_view kPeeled = "^{}";  // at the end of a name: what an annotated tag leads to

// What libgit2 gives back to the callbacks.
struct Talk {
  const GitLibrary& git;
  const GitRequest& request;
};

// The server gave a sign of life: it has all its time again.
void rearm(const Talk& talk) { ::alarm(static_cast<unsigned>(talk.request.patience.count())); }

int on_progress(const git_indexer_progress* /*stats*/, void* payload) {
  rearm(*static_cast<Talk*>(payload));
  return 0;
}

int on_message(const char* /*text*/, int /*size*/, void* payload) {
  rearm(*static_cast<Talk*>(payload));
  return 0;
}

// How to tell failures by libgit2's words: it has few codes for them.
struct Failure {
  std::string_view part;
  Code code;
};
constexpr std::array kFailures = {
    Failure{"status code: 404", Code::kNotFound},
    Failure{"status code: 410", Code::kNotFound},
    Failure{"not exported", Code::kNotFound},
    Failure{"epository not found", Code::kNotFound},
    Failure{"status code: 401", Code::kForbidden},
    Failure{"status code: 403", Code::kForbidden},
    Failure{"status code: 429", Code::kServerError},
    Failure{"status code: 5", Code::kServerError},
    Failure{"failed to connect", Code::kUnreachable},
    Failure{"failed to resolve address", Code::kUnreachable},
    Failure{"onnection re", Code::kUnreachable},  // refused, reset
    Failure{"timed out", Code::kUnreachable},
    Failure{"EOF", Code::kUnreachable},
    Failure{"unexpected disconnection", Code::kUnreachable},
};

Code code_of(int outcome, std::string_view message) {
  if (outcome == GIT_EAUTH || outcome == GIT_ECERTIFICATE) return Code::kForbidden;
  if (outcome == GIT_EEOF) return Code::kUnreachable;
  const auto known = std::ranges::find_if(kFailures, [&](const Failure& each) { return message.contains(each.part); });
  return known == kFailures.end() ? Code::kBadReply : known->code;
}

class Conversation {
 public:
  Conversation(const GitLibrary& git, const GitRequest& request)
      : talk_{.git = git, .request = request},
        login_(header_of(request)),
        headers_{&header_, login_.empty() ? 0U : 1U} {}

  Result<GitListing> run() {
    if (!talk_.request.ca_file.empty()) {
      const char* const file = talk_.request.ca_file.c_str();
      if (const int outcome = git().libgit2_opts(GIT_OPT_SET_SSL_CERT_LOCATIONS, file, nullptr); outcome != 0) {
        return fail(Code::kBadSetting, fmt::format("certificates {}: {}", file, git().last_error()));
      }
    }
    rearm(talk_);
    return talk_.request.into.empty() ? list() : fetch();
  }

 private:
  const GitLibrary& git() const { return talk_.git; }

  // libgit2 1.5 loses its place in the connection where a server asks for a login, so the login goes with the first
  // request. It must then not follow where that is sent on to.
  static std::string header_of(const GitRequest& request) {
    if (!request.login) return {};
    const std::string login = request.login->user + ":" + request.login->password;
    return "Authorization: Basic " + to_base64(std::vector<std::uint8_t>(login.begin(), login.end()));
  }

  git_remote_redirect_t redirects() const {
    return login_.empty() ? GIT_REMOTE_REDIRECT_INITIAL : GIT_REMOTE_REDIRECT_NONE;
  }

  std::unexpected<Error> failed(int outcome) const {
    auto message = git().last_error();
    if (outcome == GIT_EAUTH) message = login_.empty() ? "the server asks for a login" : "the server refuses the login";
    const auto url = parse_git_url(talk_.request.url);
    return fail(code_of(outcome, message), fmt::format("{}: {}", url ? url->shown() : "", make_printable(message)));
  }

  git_remote_callbacks callbacks() {
    git_remote_callbacks made = GIT_REMOTE_CALLBACKS_INIT;
    made.sideband_progress = on_message;
    made.transfer_progress = on_progress;
    made.payload = &talk_;
    return made;
  }

  Result<GitListing> list() {
    git_remote* made = nullptr;
    if (const int outcome = git().remote_create_detached(&made, talk_.request.url.c_str()); outcome != 0) {
      return failed(outcome);
    }
    const GitHandle<git_remote> remote(made, git().remote_free);
    git_remote_connect_options options = GIT_REMOTE_CONNECT_OPTIONS_INIT;
    options.callbacks = callbacks();
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

  Result<GitListing> fetch() {
    git_repository* opened = nullptr;
    if (const int outcome = git().repository_init(&opened, talk_.request.into.c_str(), 1); outcome != 0) {
      return fail(Code::kBadGitRepository, fmt::format("{}: {}", talk_.request.into, git().last_error()));
    }
    const GitHandle<git_repository> repository(opened, git().repository_free);
    git_remote* made = nullptr;
    if (const int outcome = git().remote_create_anonymous(&made, opened, talk_.request.url.c_str()); outcome != 0) {
      return failed(outcome);
    }
    const GitHandle<git_remote> remote(made, git().remote_free);
    std::vector<char*> specs;
    for (const auto& spec : talk_.request.refspecs) specs.push_back(const_cast<char*>(spec.c_str()));
    const git_strarray wanted{specs.data(), specs.size()};
    const git_fetch_options options = fetch_options();
    if (const int outcome = git().remote_fetch(made, &wanted, &options, nullptr); outcome != 0) return failed(outcome);
    return GitListing{};
  }

  git_fetch_options fetch_options() {
    git_fetch_options options = GIT_FETCH_OPTIONS_INIT;
    options.callbacks = callbacks();
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
  std::string login_;  // a header; empty: none
  char* header_ = login_.data();
  git_strarray headers_;
};

Result<std::string> reply_to(std::string_view input) {
  MODTOOL_TRY(const auto request, parse_git_request(input));
  MODTOOL_CHECK(parse_git_url(request.url));
  MODTOOL_TRY(const GitLibrary* const git, git_library());
  MODTOOL_TRY(const auto listing, Conversation(*git, request).run());
  return format_git_listing(listing);
}

// "error", the code, the hint and the message, a line each.
std::string format_error(const Error& error) {
  return fmt::format("error\n{}\n{}\n{}\n", to_string(error.code), error.hint, make_printable(error.message));
}

Code parse_code(std::string_view text) {
  for (const auto& info : all_codes()) {
    if (to_string(info.code) == text) return info.code;
  }
  return Code::kBadReply;
}

}  // namespace

std::string run_git_child(std::string_view input) {
  const auto reply = reply_to(input);
  return reply ? *reply : format_error(reply.error());
}

Result<void> check_git_child_reply(std::string_view reply) {
  const auto lines = split_lines(reply);
  if (lines.size() < 4 || lines[0] != "error") return {};
  return fail({.code = parse_code(lines[1]), .message = std::string(lines[3]), .hint = std::string(lines[2])});
}

}  // namespace modtool::source
