#include <curl/curl.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>

#include "core/base/ascii.hpp"
#include "core/base/text.hpp"
#include "core/io/certificates.hpp"
#include "core/io/file_system.hpp"
#include "core/io/http_conversation.hpp"
#include "core/io/http_status.hpp"
#include "core/io/shared_library.hpp"
#include "core/io/system_call.hpp"
#include "core/io/url.hpp"

namespace modtool::io {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds kLongestWait{1000};

// The functions of libcurl that are used, loaded once.
struct Curl {
  decltype(&curl_global_init) global_init;
  decltype(&curl_easy_init) easy_init;
  decltype(&curl_easy_cleanup) easy_cleanup;
  decltype(&curl_easy_setopt) easy_setopt;
  decltype(&curl_easy_getinfo) easy_getinfo;
  decltype(&curl_easy_strerror) easy_strerror;
  decltype(&curl_slist_append) slist_append;
  decltype(&curl_slist_free_all) slist_free_all;
  decltype(&curl_multi_init) multi_init;
  decltype(&curl_multi_cleanup) multi_cleanup;
  decltype(&curl_multi_add_handle) multi_add_handle;
  decltype(&curl_multi_remove_handle) multi_remove_handle;
  decltype(&curl_multi_perform) multi_perform;
  decltype(&curl_multi_poll) multi_poll;
  decltype(&curl_multi_info_read) multi_info_read;
  decltype(&curl_multi_strerror) multi_strerror;
};

Result<Curl> load_curl() {
  MODTOOL_TRY(const SharedLibrary library, SharedLibrary::load("libcurl.so.4", "libcurl4"));
  Curl curl{};
  FunctionLoader load(library);
  load(curl.global_init, "curl_global_init");
  load(curl.easy_init, "curl_easy_init");
  load(curl.easy_cleanup, "curl_easy_cleanup");
  load(curl.easy_setopt, "curl_easy_setopt");
  load(curl.easy_getinfo, "curl_easy_getinfo");
  load(curl.easy_strerror, "curl_easy_strerror");
  load(curl.slist_append, "curl_slist_append");
  load(curl.slist_free_all, "curl_slist_free_all");
  load(curl.multi_init, "curl_multi_init");
  load(curl.multi_cleanup, "curl_multi_cleanup");
  load(curl.multi_add_handle, "curl_multi_add_handle");
  load(curl.multi_remove_handle, "curl_multi_remove_handle");
  load(curl.multi_perform, "curl_multi_perform");
  load(curl.multi_poll, "curl_multi_poll");
  load(curl.multi_info_read, "curl_multi_info_read");
  load(curl.multi_strerror, "curl_multi_strerror");
  MODTOOL_CHECK(load.outcome());
  if (curl.global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return fail(Code::kLibraryMissing, "libcurl does not start");
  return curl;
}

Result<const Curl*> loaded_curl() {
  static const Result<Curl> curl = load_curl();
  if (!curl) return fail(curl.error());
  return &*curl;
}

constexpr int kOk = 200;
constexpr std::size_t kMostOfFailure = 64UL << 10;  // bytes of what a server says beside another status

// What arrives of a reply.
struct Receiver {
  HttpReply reply;
  const HttpSink& sink;
  std::uint64_t limit = 0;
  std::uint64_t received = 0;
  bool too_large = false;
  bool has_enough = false;  // of a failure
  Result<void> taken = {};  // by the sink

  bool take(std::string_view bytes) {
    if (reply.status != kOk) return take_of_failure(bytes);
    too_large = bytes.size() > limit - received;
    if (too_large) return false;
    received += bytes.size();
    if (sink) return (taken = sink(bytes)).has_value();
    reply.body.append(bytes);
    return true;
  }

 private:
  bool take_of_failure(std::string_view bytes) {
    reply.body.append(bytes.substr(0, kMostOfFailure - reply.body.size()));
    has_enough = reply.body.size() == kMostOfFailure;
    return !has_enough;
  }
};

// "HTTP/1.1 404 Not Found"; the words are not there in HTTP/2, and then those that Go has.
void take_status(std::string_view line, HttpReply& reply) {
  reply = {};
  const auto words = split_fields(line);
  reply.protocol = words[0] == "HTTP/2" ? "HTTP/2.0" : words[0];
  const std::string_view status = words.size() > 1 ? words[1] : std::string_view();
  std::from_chars(status.data(), status.data() + status.size(), reply.status);
  const std::string_view rest = trim(line.substr(words[0].size()));
  reply.reason = trim(rest.substr(std::min(rest.find(' '), rest.size())));
  if (reply.reason.empty() && words[0] == "HTTP/2") reply.reason = status_words(reply.status);
}

// A status line begins a reply; behind that of a proxy which opens the way, the server's.
std::size_t take_header(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  constexpr std::size_t kMostHeaders = 200;
  const std::string_view line = trim({data, size * count});
  auto& reply = static_cast<Receiver*>(user)->reply;
  if (line.starts_with("HTTP/")) {
    take_status(line, reply);
    return size * count;
  }
  const auto colon = line.find(':');
  if (colon == std::string_view::npos || reply.headers.size() == kMostHeaders) return size * count;
  reply.headers.push_back(
      {.name = std::string(line.substr(0, colon)), .value = std::string(trim(line.substr(colon + 1)))});
  return size * count;
}

std::size_t take_body(char* data, std::size_t size, std::size_t count, void* user) noexcept {
  const std::size_t bytes = size * count;
  return static_cast<Receiver*>(user)->take({data, bytes}) ? bytes : 0;
}

Code code_of_transfer(CURLcode code) {
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
    case CURLE_COULDNT_CONNECT:
      return Code::kUnreachable;
    case CURLE_OPERATION_TIMEDOUT:
    case CURLE_GOT_NOTHING:
    case CURLE_PARTIAL_FILE:
    case CURLE_SEND_ERROR:
    case CURLE_RECV_ERROR:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return Code::kConnectionLost;
    case CURLE_LOGIN_DENIED:
      return Code::kForbidden;
    case CURLE_PEER_FAILED_VERIFICATION:
      return Code::kCertificate;
    case CURLE_URL_MALFORMAT:
    case CURLE_SSL_CACERT_BADFILE:
      return Code::kBadSetting;
    case CURLE_OUT_OF_MEMORY:
      return Code::kIo;
    default:
      return Code::kBadReply;
  }
}

// In the words of Go's crypto/x509, which add times and names that libcurl does not tell. `reason` is one of OpenSSL's
// X509_V_ERR_… (x509_vfy.h), where libcurl was built with that.
std::string certificate_words(long reason, const std::string& failure) {
  constexpr long kNotYetValid = 9;
  constexpr long kExpired = 10;
  constexpr long kSelfSigned = 18;  // to 21: the ways in which a chain leads to nobody who is known
  constexpr long kLeafUnverified = 21;
  const std::string words = "tls: failed to verify certificate: ";
  if (reason == kNotYetValid || reason == kExpired) {
    return words + "x509: certificate has expired or is not yet valid";
  }
  if (reason >= kSelfSigned && reason <= kLeafUnverified) {
    return words + "x509: certificate signed by unknown authority";
  }
  return words + (failure.contains("subject name") ? "x509: certificate is valid for other names" : failure);
}

// What frames a request is not for others to say; Go leaves these out, too.
bool is_framing(const std::string& name) {
  constexpr std::array<std::string_view, 4> kNames = {"host", "content-length", "transfer-encoding", "trailer"};
  return std::ranges::find(kNames, to_lower(name)) != kNames.end();
}

// Header lines as libcurl has them: without a colon where there is no value.
class HeaderList {
 public:
  HeaderList(const Curl& curl, const HttpHeaders& headers) : curl_(curl) {
    for (const auto& [name, value] : headers) {
      const std::string line = value.empty() ? name + ";" : fmt::format("{}: {}", name, value);
      if (!is_framing(name)) list_ = curl_.slist_append(list_, line.c_str());
    }
  }
  HeaderList(const HeaderList&) = delete;
  HeaderList& operator=(const HeaderList&) = delete;
  ~HeaderList() { curl_.slist_free_all(list_); }

  curl_slist* get() const { return list_; }

 private:
  const Curl& curl_;
  curl_slist* list_ = nullptr;
};

// What libcurl says of a handshake that was broken off, by OpenSSL's words; it has no code for that.
bool is_cut(std::string_view message) {
  return message.contains("SSL_ERROR_SYSCALL") || message.contains("unexpected eof") ||
         message.contains("reset by peer");
}

// An easy handle in a multi handle of its own: the latter keeps the connection for the next request, and its poll
// watches the cancellation too.
class CurlConversation final : public HttpConversation {
 public:
  CurlConversation(const Curl& curl, const HttpOptions& options, std::string_view certificates)
      : curl_(curl),
        authorities_(options.authorities),
        certificates_(certificates),
        multi_(curl.multi_init()),
        easy_(curl.easy_init()) {
    if (usable()) set_options(options);
  }
  CurlConversation(const CurlConversation&) = delete;
  CurlConversation& operator=(const CurlConversation&) = delete;
  ~CurlConversation() override {
    if (easy_ != nullptr) curl_.easy_cleanup(easy_);
    if (multi_ != nullptr) curl_.multi_cleanup(multi_);
  }

  bool usable() const { return multi_ != nullptr && easy_ != nullptr; }

  Result<HttpAnswer> get(const HttpTarget& target, std::uint64_t limit, const HttpSink& sink,
                         const Cancellation& cancellation) override {
    Receiver receiver{.reply = {}, .sink = sink, .limit = limit};
    failure_.fill('\0');
    const HeaderList headers(curl_, target.headers);
    set(CURLOPT_URL, without_user(target.url).c_str());
    set(CURLOPT_HTTPHEADER, headers.get());
    set(CURLOPT_PROXY, target.proxy.c_str());
    set(CURLOPT_HEADERDATA, &receiver);
    set(CURLOPT_WRITEDATA, &receiver);
    curl_.multi_add_handle(multi_, easy_);
    const auto outcome = transfer(cancellation);
    curl_.multi_remove_handle(multi_, easy_);
    set(CURLOPT_HTTPHEADER, static_cast<curl_slist*>(nullptr));
    if (!outcome) return fail(outcome.error());
    MODTOOL_CHECK(receiver.taken);
    MODTOOL_CHECK(judge(target.url, *outcome, receiver));
    receiver.reply.content_type = text(CURLINFO_CONTENT_TYPE);
    return HttpAnswer{.reply = std::move(receiver.reply), .next = text(CURLINFO_REDIRECT_URL)};
  }

 private:
  Result<void> judge(const std::string& url, CURLcode outcome, const Receiver& receiver) {
    const std::string limit = std::to_string(receiver.limit);
    if (receiver.too_large) return fail(Code::kBadReply, request_line(url) + "more than " + limit + " bytes");
    if (outcome == CURLE_OK || (receiver.has_enough && outcome == CURLE_WRITE_ERROR)) return {};
    // What a proxy says that does not open the way.
    constexpr long kRedirects = 300;
    const bool is_of_proxy = info<long>(CURLINFO_HTTP_CONNECTCODE) >= kRedirects;
    if (is_of_proxy) return fail(Code::kForbidden, request_line(url) + receiver.reply.reason);
    if (outcome == CURLE_PARTIAL_FILE) {
      return fail(Code::kConnectionLost, "read " + quote(mask_password(url)) + ": unexpected EOF");
    }
    Error error{.code = code_of_transfer(outcome), .message = request_line(url) + describe(outcome)};
    if (outcome == CURLE_SSL_CONNECT_ERROR && is_cut(error.message)) error.code = Code::kConnectionLost;
    if (error.code == Code::kCertificate) error.notes.push_back(describe_authorities(disk(), authorities_));
    return fail(std::move(error));
  }

  template <class Value>
  void set(CURLoption option, Value value) {
    curl_.easy_setopt(easy_, option, value);
  }

  template <class Value>
  Value info(CURLINFO which) {
    Value value{};
    curl_.easy_getinfo(easy_, which, &value);
    return value;
  }

  std::string text(CURLINFO which) {
    const auto* const value = info<const char*>(which);
    return value != nullptr ? value : "";
  }

  void set_options(const HttpOptions& options) {
    set(CURLOPT_USERAGENT, options.user_agent.c_str());
    set_authorities();
    set(CURLOPT_ERRORBUFFER, failure_.data());
    set(CURLOPT_HEADERFUNCTION, &take_header);
    set(CURLOPT_WRITEFUNCTION, &take_body);
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    set(CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
    set(CURLOPT_DISALLOW_USERNAME_IN_URL, 1L);
    set(CURLOPT_NOPROXY, "");  // not from the environment
    set(CURLOPT_CONNECTTIMEOUT, static_cast<long>(options.times.connecting.count()));
    set(CURLOPT_TIMEOUT, static_cast<long>(options.times.whole.count()));
    set(CURLOPT_LOW_SPEED_LIMIT, 1L);
    set(CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.times.silent.count()));
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_QUICK_EXIT, 1L);  // a cancelled look-up of a name is not waited for
  }

  // libcurl finds certificates in a directory by OpenSSL's names for them alone: those of directories that were named
  // are given to it.
  void set_authorities() {
    if (authorities_.directories.empty()) {
      if (!authorities_.file.empty()) set(CURLOPT_CAINFO, authorities_.file.c_str());
      return;
    }
    curl_blob blob{
        .data = const_cast<char*>(certificates_.data()), .len = certificates_.size(), .flags = CURL_BLOB_NOCOPY};
    set(CURLOPT_CAINFO_BLOB, &blob);
    set(CURLOPT_CAPATH, nullptr);
  }

  Result<CURLcode> transfer(const Cancellation& cancellation) {
    for (;;) {
      int running = 0;
      CURLMcode status = curl_.multi_perform(multi_, &running);
      if (status == CURLM_OK && running == 0) return outcome();
      MODTOOL_CHECK(cancellation.check());
      if (status == CURLM_OK) status = wait(cancellation);
      if (status != CURLM_OK) return fail(Code::kIo, std::string("libcurl: ") + curl_.multi_strerror(status));
    }
  }

  CURLMcode wait(const Cancellation& cancellation) {
    const milliseconds longest = std::min(kLongestWait, cancellation.time_left().value_or(kLongestWait));
    ::curl_waitfd wake{.fd = cancellation.wake_descriptor(), .events = CURL_WAIT_POLLIN, .revents = 0};
    return curl_.multi_poll(multi_, &wake, 1, static_cast<int>(longest.count()), nullptr);
  }

  Result<CURLcode> outcome() {
    int left = 0;
    const CURLMsg* const message = curl_.multi_info_read(multi_, &left);
    if (message == nullptr || message->msg != CURLMSG_DONE) return fail(Code::kInternal, "libcurl: no outcome");
    return message->data.result;
  }

  // The system's words for a refused connection, Go's and libcurl's for the rest.
  std::string describe(CURLcode code) {
    const long reason = code == CURLE_COULDNT_CONNECT ? info<long>(CURLINFO_OS_ERRNO) : 0;
    if (reason != 0) return "connect: " + errno_text(static_cast<int>(reason));
    if (code == CURLE_SSL_CACERT_BADFILE) return "no certificates in " + shown_authorities();
    std::string words = own_words(code);
    if (code == CURLE_PEER_FAILED_VERIFICATION) return certificate_words(info<long>(CURLINFO_SSL_VERIFYRESULT), words);
    return words;
  }

  std::string own_words(CURLcode code) {
    std::string text = failure_[0] != '\0' ? failure_.data() : curl_.easy_strerror(code);
    const bool is_abbreviation = text.size() > 1 && is_upper(text[1]);
    if (!is_abbreviation) text[0] = to_lower(text[0]);
    return text;
  }

  std::string shown_authorities() const {
    return authorities_.directories.empty() ? authorities_.file : authorities_.directories;
  }

  const Curl& curl_;
  HttpAuthorities authorities_;
  std::string_view certificates_;  // of its directories
  CURLM* multi_;
  CURL* easy_;
  std::array<char, CURL_ERROR_SIZE> failure_{};
};

}  // namespace

std::string request_line(const std::string& url) { return "Get " + quote(mask_password(url)) + ": "; }

Result<std::unique_ptr<HttpConversation>> make_http_conversation(const HttpOptions& options,
                                                                 std::string_view certificates) {
  MODTOOL_TRY(const Curl* const curl, loaded_curl());
  auto conversation = std::make_unique<CurlConversation>(*curl, options, certificates);
  if (!conversation->usable()) return fail(Code::kIo, "libcurl: no memory");
  return conversation;
}

}  // namespace modtool::io
