#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <optional>
#include <vector>

#include "core/base/text.hpp"
#include "core/io/certificates.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http.hpp"
#include "core/io/http_conversation.hpp"
#include "core/io/http_proxy.hpp"
#include "core/io/url.hpp"

namespace modtool::io {
namespace {

constexpr int kMostRequests = 10;  // one redirected to the next
constexpr int kOk = 200;
constexpr int kUnauthorised = 401;
constexpr int kForbidden = 403;

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

// Without scheme and user: what a login is for.
std::string place_and_path(const std::string& url) {
  const std::string plain = without_user(url);
  return plain.substr(plain.find("://") + 3);
}

// "name:password", each escaped; nothing where a URL names nobody.
Result<std::optional<HttpCredential>> login_of(const HttpRequest& request) {
  const UrlParts parts = split_url(request.url);
  if (parts.user.empty()) return std::optional<HttpCredential>();
  const auto colon = std::min(parts.user.find(':'), parts.user.size());
  MODTOOL_TRY(auto name, unescape_url(parts.user.substr(0, colon)));
  MODTOOL_TRY(auto password, unescape_url(parts.user.substr(std::min(colon + 1, parts.user.size()))));
  return HttpCredential{.prefix = request.base.empty() ? std::string(parts.place) : place_and_path(request.base),
                        .headers = {basic_login({.user = std::move(name), .password = std::move(password)})}};
}

std::string status_line(const HttpReply& reply) {
  return fmt::format("{} {} {}", reply.protocol, reply.status, reply.reason);
}

bool is_refused(const HttpReply& reply) { return reply.status >= 400 && reply.status < 500; }

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

  Result<HttpReply> get(const HttpRequest& request) override {
    MODTOOL_CHECK(check_url(request.url, options_.security));
    MODTOOL_CHECK(cancellation_.check());
    MODTOOL_TRY(const auto own, login_of(request));
    MODTOOL_TRY(auto session, take_session());
    const bool has_logins = !own && is_secure(request.url) && options_.logins != nullptr;
    auto reply = has_logins ? ask_with_logins(*session, request) : follow(*session, request, own);
    keep_session(std::move(session));
    return reply;
  }

 private:
  using Login = std::optional<HttpCredential>;

  Result<HttpReply> ask_with_logins(HttpConversation& session, const HttpRequest& request) const {
    HttpLogins& logins = *options_.logins;
    MODTOOL_TRY(Login login, logins.find(request.url));
    for (bool is_last = false;;) {
      MODTOOL_TRY(HttpReply reply, follow(session, request, login));
      if (login && (reply.status == kOk || reply.status == kUnauthorised)) logins.report(*login, reply.status == kOk);
      if (!is_refused(reply)) return reply;
      MODTOOL_TRY(auto other,
                  is_last ? std::optional<OtherLogin>() : logins.find_other(refusal_of(request, reply, login)));
      if (!other) return explained(std::move(reply), request.url);
      is_last = other->is_last;
      login = std::move(other->credential);
    }
  }

  static HttpRefusal refusal_of(const HttpRequest& request, const HttpReply& reply, const Login& login) {
    return {.url = request.url,
            .status = status_line(reply),
            .headers = reply.headers,
            .shown = login ? login->headers : HttpHeaders()};
  }

  HttpReply explained(HttpReply reply, const std::string& url) const {
    if (reply.status == kUnauthorised || reply.status == kForbidden) reply.notes = options_.logins->explain(url);
    return reply;
  }

  // Redirects are not left to libcurl, which would take them through the same proxy.
  Result<HttpReply> follow(HttpConversation& session, const HttpRequest& request, const Login& login) const {
    HttpTarget target{.url = request.url, .headers = login ? login->headers : HttpHeaders(), .proxy = {}};
    for (int requests = 1;; ++requests) {
      MODTOOL_TRY(target.proxy, find_proxy(options_.proxies, target.url));
      MODTOOL_TRY(HttpAnswer answer, session.get(target, request.limit, request.sink, cancellation_));
      if (answer.next.empty()) return std::move(answer.reply);
      if (requests == kMostRequests) {
        return fail(Code::kBadReply, fmt::format("{}stopped after {} redirects", request_line(answer.next), requests));
      }
      MODTOOL_CHECK(check_redirect(request.url, target.url, answer.next, options_.security));
      target.url = std::move(answer.next);
      const bool may_know = login && is_secure(target.url) && is_below(target.url, login->prefix);
      target.headers = may_know ? login->headers : HttpHeaders();
    }
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
    std::call_once(certificates_read_, [this] {
      if (!options_.authorities.directories.empty()) certificates_ = read_certificates(disk(), options_.authorities);
    });
    return make_http_conversation(options_, certificates_);
  }

  void keep_session(std::unique_ptr<HttpConversation> session) {
    const std::lock_guard lock(mutex_);
    idle_.push_back(std::move(session));
  }

  const Cancellation& cancellation_;
  HttpOptions options_;
  std::once_flag certificates_read_;
  std::string certificates_;  // of the directories that are named: for all conversations
  std::mutex mutex_;
  std::vector<std::unique_ptr<HttpConversation>> idle_;
};

}  // namespace

std::unique_ptr<HttpClient> make_http_client(const Cancellation& cancellation, HttpOptions options) {
  return std::make_unique<ConversingClient>(cancellation, std::move(options));
}

}  // namespace modtool::io
