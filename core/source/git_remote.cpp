#include "core/source/git_remote.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "core/base/sha256.hpp"

namespace modtool::source {
namespace {

using RepositoryPtr = std::shared_ptr<const GitRepository>;

constexpr int kAttempts = 3;
constexpr std::size_t kKeyDigits = 32;
constexpr std::string_view kUnfinishedPack = "pack_git2_";  // what libgit2 calls a pack that is still coming

// Waits, but not longer than the run.
Result<void> pause(std::chrono::milliseconds time, const Cancellation& cancellation) {
  const auto left = cancellation.time_left();
  pollfd wake{.fd = cancellation.wake_descriptor(), .events = POLLIN, .revents = 0};
  ::poll(&wake, 1, static_cast<int>(std::min(time, left.value_or(time)).count()));
  return cancellation.check();
}

// What a URL holds itself: "https://name:password@host/…".
std::optional<GitCredential> login_of(const GitUrl& url) {
  const auto colon = url.user.find(':');
  if (url.user.empty() || colon == std::string::npos) return std::nullopt;
  return GitCredential{url.user.substr(0, colon), url.user.substr(colon + 1)};
}

class RemoteOrigin final : public GitOrigin {
 public:
  RemoteOrigin(GitUrl url, const GitRemoteOptions& options, io::FileSystem& files, const Cancellation& cancellation)
      : url_(std::move(url)),
        options_(options),
        files_(files),
        cancellation_(cancellation),
        login_(login_of(url_)),
        directory_(io::join_path(options.cache, to_hex(sha256(url_.identity())).substr(0, kKeyDigits))) {}

  Result<std::vector<GitRef>> refs() override {
    const std::lock_guard lock(mutex_);
    MODTOOL_CHECK(list());
    return listing_->refs;
  }

  Result<GitRef> head() override {
    const std::lock_guard lock(mutex_);
    MODTOOL_CHECK(list());
    if (!listing_->head.empty()) return GitRef{listing_->head, listing_->head_commit};
    return fail(Code::kUnknownVersion, fmt::format("the repository {} has no default branch", url_.shown()));
  }

  Result<RepositoryPtr> at_hand(const GitId& commit) override {
    const std::lock_guard lock(mutex_);
    return cached(commit);
  }

  Result<RepositoryPtr> fetch(const GitRef& ref) override {
    const std::lock_guard lock(mutex_);
    if (auto repository = cached(ref.commit)) return repository;
    MODTOOL_CHECK(fetch({.refspecs = {fmt::format("+{}:refs/fetched/{}", ref.name, to_string(ref.commit))}}));
    if (auto repository = cached(ref.commit)) return repository;
    return fail(Code::kServerError, fmt::format("{}: {} changed while it was fetched", url_.shown(), ref.name));
  }

  Result<RepositoryPtr> fetch_all() override {
    const std::lock_guard lock(mutex_);
    if (!has_all_) {
      MODTOOL_CHECK(fetch(
          {.refspecs = {"+refs/heads/*:refs/all/heads/*", "+refs/tags/*:refs/all/tags/*"}, .whole_history = true}));
      has_all_ = true;
    }
    return open();
  }

 private:
  // One handle serves all: what is fetched later is found by it too.
  Result<RepositoryPtr> open() {
    if (repository_ == nullptr) {
      MODTOOL_TRY(repository_, GitRepository::open(directory_));
    }
    return repository_;
  }

  RepositoryPtr cached(const GitId& commit) {
    if (repository_ == nullptr && !files_.exists(directory_)) return nullptr;
    const auto repository = open();
    return repository && (*repository)->has(commit) ? *repository : nullptr;
  }

  Result<void> list() {
    if (listing_) return {};
    MODTOOL_TRY(listing_, ask({}));
    return {};
  }

  Result<void> fetch(GitRequest request) {
    MODTOOL_CHECK(check_online());
    MODTOOL_CHECK(files_.make_directories(options_.cache));
    MODTOOL_TRY(const auto lock, files_.lock(directory_ + ".lock", cancellation_));
    MODTOOL_CHECK(remove_leftovers());
    request.into = directory_;
    MODTOOL_CHECK(ask(std::move(request)));
    return {};
  }

  // Of a child that was killed.
  Result<void> remove_leftovers() {
    const std::string packs = io::join_path(directory_, "objects/pack");
    const auto entries = files_.list(packs);
    if (!entries) return {};
    for (const auto& entry : *entries) {
      if (entry.name.starts_with(kUnfinishedPack)) MODTOOL_CHECK(files_.remove_all(io::join_path(packs, entry.name)));
    }
    return {};
  }

  Result<void> check_online() const {
    if (!options_.offline) return {};
    return fail(Code::kOffline, fmt::format("{} would have to be asked, and this run is offline", url_.shown()));
  }

  Result<GitListing> ask(GitRequest request) {
    MODTOOL_CHECK(check_online());
    request.url = url_.shown();
    request.ca_file = options_.ca_file;
    request.patience = options_.patience;
    request.login = login_;
    auto answer = try_often(request);
    if (answer || answer.error().code != Code::kForbidden || login_) return answer;
    login_ = options_.login(url_);
    if (!login_) return answer;
    request.login = login_;
    return try_often(request);
  }

  Result<GitListing> try_often(const GitRequest& request) const {
    auto wait = options_.pause;
    for (int attempt = 1;; ++attempt) {
      auto answer = run_git_request(request, options_.child, cancellation_);
      if (answer || !is_retryable(answer.error().code) || attempt == kAttempts) return answer;
      MODTOOL_CHECK(pause(wait, cancellation_));
      wait *= 2;
    }
  }

  GitUrl url_;
  const GitRemoteOptions& options_;
  io::FileSystem& files_;
  const Cancellation& cancellation_;
  std::optional<GitCredential> login_;
  std::string directory_;
  std::mutex mutex_;  // one conversation with a repository at a time
  RepositoryPtr repository_;
  std::optional<GitListing> listing_;
  bool has_all_ = false;
};

}  // namespace

Result<std::unique_ptr<GitOrigin>> open_remote_origin(const GitUrl& url, const GitRemoteOptions& options,
                                                      io::FileSystem& files, const Cancellation& cancellation) {
  if (url.transport == GitTransport::kSsh) {
    return fail(Code::kUnsupportedScheme, url.shown() + ": ssh is not spoken yet; an `insteadOf` can lead to https");
  }
  if (url.transport == GitTransport::kLocal) return open_local_origin(url.path);
  return std::make_unique<RemoteOrigin>(url, options, files, cancellation);
}

}  // namespace modtool::source
