#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/text.hpp"
#include "core/io/http.hpp"
#include "core/io/http_conversation.hpp"
#include "core/io/http_proxy.hpp"
#include "core/io/url.hpp"

namespace modtool::io {
namespace {

constexpr int kMostRequests = 10;  // one redirected to the next

bool is_secure(std::string_view url) { return split_url(url).scheme == "https"; }

Result<void> check_url(const std::string& url, HttpSecurity security) {
  const UrlParts parts = split_url(url);
  const bool is_spoken = is_secure(url) || (parts.scheme == "http" && security == HttpSecurity::kPlainToo);
  if (!is_spoken) {
    return fail(Code::kUnsupportedScheme, request_line(url) + "unsupported protocol scheme " + quote(parts.scheme));
  }
  if (!parts.user.empty() && !is_secure(url)) {
    return fail(Code::kForbidden, "refusing to pass credentials to insecure URL: " + mask_password(url));
  }
  return {};
}

// "name:password", each escaped; nothing where a URL names nobody.
Result<std::optional<HttpLogin>> login_of(std::string_view url) {
  const std::string_view user = split_url(url).user;
  if (user.empty()) return std::optional<HttpLogin>();
  const auto colon = std::min(user.find(':'), user.size());
  MODTOOL_TRY(auto name, unescape_url(user.substr(0, colon)));
  MODTOOL_TRY(auto password, unescape_url(user.substr(std::min(colon + 1, user.size()))));
  return HttpLogin{.user = std::move(name), .password = std::move(password)};
}

Result<void> check_redirect(const std::string& first, const std::string& last, const std::string& next,
                            HttpSecurity security) {
  if (is_secure(first) && split_url(next).scheme == "http") {
    return fail(Code::kRedirected, fmt::format("{}redirected from secure URL {} to insecure URL {}", request_line(last),
                                               mask_password(last), mask_password(next)));
  }
  MODTOOL_CHECK(check_url(next, security));
  if (split_url(next).user.empty()) return {};
  return fail(Code::kForbidden, request_line(last) + "redirected to a URL with a login: " + mask_password(next));
}

class ConversingClient final : public HttpClient {
 public:
  ConversingClient(const Cancellation& cancellation, HttpOptions options)
      : cancellation_(cancellation), options_(std::move(options)) {}

  Result<HttpReply> get(const std::string& url, std::uint64_t limit) override {
    MODTOOL_CHECK(check_url(url, options_.security));
    MODTOOL_CHECK(cancellation_.check());
    MODTOOL_TRY(const auto login, find_login(url));
    MODTOOL_TRY(auto session, take_session());
    auto reply = follow(*session, {.url = url, .login = login, .proxy = {}}, limit);
    keep_session(std::move(session));
    return reply;
  }

 private:
  // Redirects are not left to libcurl, which would take them through the same proxy.
  Result<HttpReply> follow(HttpConversation& session, HttpTarget target, std::uint64_t limit) const {
    const HttpTarget first = target;
    for (int requests = 1;; ++requests) {
      MODTOOL_TRY(target.proxy, find_proxy(options_.proxies, target.url));
      MODTOOL_TRY(HttpAnswer answer, session.get(target, limit, cancellation_));
      if (answer.next.empty()) return std::move(answer.reply);
      if (requests == kMostRequests) {
        return fail(Code::kBadReply, fmt::format("{}stopped after {} redirects", request_line(answer.next), requests));
      }
      MODTOOL_CHECK(check_redirect(first.url, target.url, answer.next, options_.security));
      target.url = std::move(answer.next);
      const bool is_same_place = is_secure(target.url) && split_url(target.url).place == split_url(first.url).place;
      target.login = is_same_place ? first.login : std::nullopt;
    }
  }

  Result<std::optional<HttpLogin>> find_login(const std::string& url) const {
    auto login = login_of(url);
    const bool may_ask = login && !*login && is_secure(url) && options_.logins;
    return may_ask ? options_.logins(url) : login;
  }

  // An idle session, or a new one: there are as many as threads ever asked at once.
  Result<std::unique_ptr<HttpConversation>> take_session() {
    {
      const std::lock_guard lock(mutex_);
      if (!idle_.empty()) {
        auto session = std::move(idle_.back());
        idle_.pop_back();
        return session;
      }
    }
    return make_http_conversation(options_);
  }

  void keep_session(std::unique_ptr<HttpConversation> session) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(session));
  }

  const Cancellation& cancellation_;
  HttpOptions options_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<HttpConversation>> idle_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(const Cancellation& cancellation, HttpOptions options) {
  return std::make_unique<ConversingClient>(cancellation, std::move(options));
}

}  // namespace modtool::io
