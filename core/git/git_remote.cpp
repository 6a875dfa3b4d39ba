#include "core/git/git_remote.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <utility>

#include "core/base/sha256.hpp"
#include "core/base/text.hpp"
#include "core/git/ssh_setup.hpp"
#include "core/source/cache_use.hpp"

namespace modtool::git {
namespace {

using RepositoryPtr = std::shared_ptr<const GitRepository>;

constexpr std::size_t kKeyDigits = 32;

}  // namespace

class RemoteOrigin final : public GitOrigin {
 public:
  RemoteOrigin(GitUrl url, GitRemotes& shared)
      : url_(std::move(url)),
        shared_(shared),
        options_(shared.options_),
        files_(shared.files_),
        cancellation_(shared.cancellation_),
        login_(login_of_url(url_)),
        directory_(io::join_path(options_.cache, to_hex(sha256(url_.identity())).substr(0, kKeyDigits))) {}

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
    MODTOOL_TRY(auto repository, cached(ref.commit));
    if (repository != nullptr) return repository;
    MODTOOL_CHECK(fetch({.refspecs = {fmt::format("+{}:refs/fetched/{}", ref.name, to_string(ref.commit))}}, ref.name));
    MODTOOL_TRY(repository, cached(ref.commit));
    if (repository != nullptr) return repository;
    return fail(Code::kServerError, fmt::format("{}: {} changed while it was fetched", url_.shown(), ref.name));
  }

  Result<RepositoryPtr> fetch_all() override {
    const std::lock_guard lock(mutex_);
    if (!has_all_) {
      MODTOOL_CHECK(
          fetch({.refspecs = {"+refs/heads/*:refs/all/heads/*", "+refs/tags/*:refs/all/tags/*"}, .whole_history = true},
                "all branches and tags"));
      has_all_ = true;
    }
    return open();
  }

 private:
  // One handle serves all: what is fetched later is found by it too.
  Result<RepositoryPtr> open() {
    if (repository_ == nullptr) {
      source::mark_used(files_, directory_);
      MODTOOL_TRY(repository_, GitRepository::open(directory_));
    }
    return repository_;
  }

  // Nothing where the cache has no such repository or commit.
  Result<RepositoryPtr> cached(const GitId& commit) {
    if (options_.cache.empty()) return RepositoryPtr();
    if (repository_ == nullptr) {
      MODTOOL_TRY(const auto there, files_.stat(directory_).if_there());
      if (!there) return RepositoryPtr();
    }
    auto opened = open();
    if (!opened) {
      MODTOOL_TRY(const auto still_there, files_.stat(directory_).if_there());  // or was removed just now
      return still_there ? std::move(opened) : RepositoryPtr();
    }
    auto repository = std::move(*opened);
    MODTOOL_TRY(const bool has_commit, repository->has(commit));
    return has_commit ? std::move(repository) : RepositoryPtr();
  }

  Result<void> list() {
    if (listing_) return {};
    MODTOOL_TRY(listing_, ask({}));
    return {};
  }

  Result<void> fetch(GitRequest request, const std::string& what) {
    MODTOOL_CHECK(check_online());
    const Task fetching =
        shared_.reporter_.begin({.verb = "fetching", .what = fmt::format("{} of {}", what, url_.shown())});
    MODTOOL_CHECK(files_.make_directories(options_.cache));
    MODTOOL_TRY(const auto lock, files_.lock(directory_ + ".lock", cancellation_));
    MODTOOL_CHECK(remove_leftovers());
    request.into = directory_;
    auto answer = ask(std::move(request));
    static_cast<void>(remove_leftovers());  // the next time is early enough, too
    return answer ? Result<void>() : fail(std::move(answer).error());
  }

  // Of a child that was killed, or could not remove them itself.
  Result<void> remove_leftovers() {
    MODTOOL_CHECK(files_.remove_all(directory_ + std::string(kHalfMade)));
    const std::string packs = io::join_path(directory_, "objects/pack");
    const auto entries = files_.list(packs).or_nothing();
    if (!entries) return {};
    for (const auto& entry : *entries) {
      if (entry.name.starts_with(kUnfinishedPack)) MODTOOL_CHECK(files_.remove_all(io::join_path(packs, entry.name)));
    }
    return {};
  }

  // Whether anything may be asked, and kept.
  Result<void> check_online() const {
    if (options_.offline) {
      return fail(Code::kOffline, fmt::format("{} would have to be asked, and this run is offline", url_.shown()));
    }
    if (!options_.cache.empty()) return {};
    return fail(Code::kBadSetting,
                "there is no place for a cache: neither XDG_CACHE_HOME nor HOME is set; "
                "XDG_CACHE_HOME=DIR in front of the command names one");
  }

  Result<GitListing> ask(GitRequest request) {
    MODTOOL_CHECK(check_online());
    request.url = url_.transport == GitTransport::kSsh ? url_.text : url_.shown();
    request.patience = options_.patience;
    if (url_.transport == GitTransport::kSsh) return ask_by_ssh(std::move(request));
    shared_.tell_of_plain(url_);
    if (url_.transport != GitTransport::kGit) MODTOOL_CHECK(prepare_http(request));
    if (login_) request.login = login_->credential;
    auto answer = try_often(request);
    if (answer || !is_about_login(answer.error())) return answer;
    return ask_with_login(std::move(request), std::move(answer).error());
  }

  Result<GitListing> ask_by_ssh(GitRequest request) {
    MODTOOL_TRY(const auto setup, prepare_ssh(url_, options_.network, options_.cache, files_));
    request.ssh = setup.ssh;
    auto answer = try_often(request);
    return answer ? std::move(answer) : fail(explain_ssh(std::move(answer).error(), setup));
  }

  Result<void> prepare_http(GitRequest& request) {
    MODTOOL_TRY(const GitConfig* const config, shared_.config_.get());
    const auto authorities = find_authorities(options_.network, *config, url_);
    request.ca_file = authorities.file;
    request.ca_directory = authorities.directory;
    if (url_.transport == GitTransport::kHttps) shared_.warn_of_verification(*config, url_);
    request.headers = extra_headers(*config, url_);
    MODTOOL_TRY(request.proxy, find_proxy(options_.network, *config, url_));
    return {};
  }

  static bool is_about_login(const Error& error) {
    return error.code == Code::kLoginMissing || error.code == Code::kLoginRefused;
  }

  // The server asks for a login, or does not like the one it got.
  Result<GitListing> ask_with_login(GitRequest request, Error error) {
    std::vector<std::string> refused;
    if (login_) refused.push_back(shared_.logins_.describe(login_->place));
    for (const auto place : {LoginPlace::kNetrc, LoginPlace::kHelper}) {
      MODTOOL_TRY(const auto login, shared_.logins_.find(url_, place));
      if (!login) continue;
      request.login = login->credential;
      auto answer = try_often(request);
      const bool accepted = answer || !is_about_login(answer.error());
      if (answer || !accepted) shared_.logins_.report(*login, accepted);
      if (answer) login_ = login;
      if (accepted) return answer;
      refused.push_back(shared_.logins_.describe(place));
    }
    return fail(login_error(std::move(error), refused));
  }

  Error login_error(Error error, const std::vector<std::string>& refused) const {
    if (refused.empty()) {
      error.message +=
          fmt::format(" and there is none for {} in {} or {}", url_.host, shared_.logins_.describe(LoginPlace::kNetrc),
                      shared_.logins_.describe(LoginPlace::kHelper));
    } else {
      error.code = Code::kLoginRefused;
      error.message = fmt::format("{}: the server refuses the login of {}", url_.shown(), join(refused, " and of "));
    }
    return error;
  }

  Result<GitListing> try_often(const GitRequest& request) const {
    return retry(options_.pause, cancellation_, [&] { return try_once(request); }, options_.attempts);
  }

  Result<GitListing> try_once(const GitRequest& request) const {
    Task asking = shared_.reporter_.begin({.verb = "fetching", .url = url_.shown()});
    auto answer =
        run_git_request(request, options_.child, cancellation_, [&](std::uint64_t bytes) { asking.advance(bytes); });
    asking.end(answer ? "OK" : to_line(answer.error()));
    return answer;
  }

  GitUrl url_;
  GitRemotes& shared_;
  const GitRemoteOptions& options_;
  io::FileSystem& files_;
  const Cancellation& cancellation_;
  std::optional<GitLogin> login_;  // one that the server took, or that of the URL
  std::string directory_;
  std::mutex mutex_;  // one conversation with a repository at a time
  RepositoryPtr repository_;
  std::optional<GitListing> listing_;
  bool has_all_ = false;
};

GitRemotes::GitRemotes(GitRemoteOptions options, const LazyGitConfig& config, Reporter& reporter, io::FileSystem& files,
                       const Cancellation& cancellation)
    : options_(std::move(options)),
      config_(config),
      reporter_(reporter),
      files_(files),
      cancellation_(cancellation),
      logins_(options_.network, files, cancellation) {}

std::unique_ptr<GitOrigin> GitRemotes::open(const GitUrl& url) { return std::make_unique<RemoteOrigin>(url, *this); }

void GitRemotes::tell_of_plain(const GitUrl& url) {
  if (!url.is_plain()) return;
  {
    const std::lock_guard lock(mutex_);
    if (!told_.insert(url.host).second) return;
  }
  reporter_.note(
      fmt::format("{}: by your Git configuration; nothing proves who answers there, so what comes is only "
                  "held against the lock",
                  url.shown()));
}

void GitRemotes::warn_of_verification(const GitConfig& config, const GitUrl& url) {
  if (!asks_for_no_verification(options_.network, config, url)) return;
  {
    const std::lock_guard lock(mutex_);
    if (!warned_.insert(url.host).second) return;
  }
  reporter_.warn({.code = Code::kBadSetting,
                  .message = url.host + ": its certificate is checked, whatever http.sslVerify or "
                                        "GIT_SSL_NO_VERIFY says; http.sslCAInfo can name who vouches for it"});
}

}  // namespace modtool::git
