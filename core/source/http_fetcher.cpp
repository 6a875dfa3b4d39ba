#include "core/source/http_fetcher.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <ctime>
#include <optional>

#include "core/base/pause.hpp"
#include "core/base/retry.hpp"
#include "core/base/text.hpp"
#include "core/io/url.hpp"

namespace modtool::source {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kTooManyRequests = 429;
constexpr int kServerErrors = 500;
constexpr seconds kLongestPause{60};

std::optional<std::string_view> header(const io::HttpReply& reply, std::string_view name) {
  const auto found = std::ranges::find_if(reply.headers, [&](const auto& each) { return to_lower(each.name) == name; });
  return found == reply.headers.end() ? std::nullopt : std::optional<std::string_view>(found->value);
}

// "120", or "Wed, 21 Oct 2026 07:28:00 GMT" (RFC 9110, 10.2.3); nothing for other text.
std::optional<seconds> parse_retry_after(const std::string& text) {
  std::uint32_t count = 0;
  const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), count);
  if (failure == std::errc() && stop == text.data() + text.size()) return seconds(count);
  std::tm time{};
  if (::strptime(text.c_str(), "%a, %d %b %Y %H:%M:%S GMT", &time) == nullptr) return std::nullopt;
  const std::time_t until = ::timegm(&time) - std::time(nullptr);
  return seconds(std::max<std::time_t>(until, 0));
}

// How long to wait before another attempt; nothing where none is to be made.
std::optional<milliseconds> pause_after(const Result<io::HttpReply>& reply, milliseconds usual) {
  if (!reply) return reply.error().code == Code::kConnectionLost ? std::optional(usual) : std::nullopt;
  const bool is_passing = reply->status == kTooManyRequests || reply->status >= kServerErrors;
  if (!is_passing) return std::nullopt;
  const auto wish = header(*reply, "retry-after");
  const auto wanted = wish ? parse_retry_after(std::string(*wish)) : std::nullopt;
  if (!wanted) return reply->status == kTooManyRequests ? std::nullopt : std::optional(usual);
  if (*wanted > kLongestPause) return std::nullopt;
  return std::max<milliseconds>(*wanted, usual);
}

std::string outcome_of(const Result<io::HttpReply>& reply) {
  return reply ? fmt::format("{} {}", reply->status, reply->reason) : to_line(reply.error());
}

}  // namespace

Result<io::HttpReply> HttpFetcher::fetch(const HttpFetch& fetch) {
  const auto where = io::host_and_port(fetch.url);
  const std::string place = where.host + ":" + where.port;
  milliseconds usual = patience_.pause;
  for (int left = patience_.attempts - 1;; --left, usual *= 2) {
    auto reply = attempt(fetch);
    const auto wait = pause_after(reply, usual);
    if (!wait) return reply;
    if (left <= 0) give_up(place);
    if (left <= 0 || was_given_up(place)) return reply;
    const WorkerPool::Wait elsewhere(pool_);
    MODTOOL_CHECK(pause(jittered(*wait), pool_.cancellation()));
  }
}

Result<io::HttpReply> HttpFetcher::attempt(const HttpFetch& fetch) {
  io::HttpRequest request{.url = fetch.url, .limit = fetch.limit, .base = fetch.base};
  Task asking = reporter_.begin({.verb = "fetching", .url = fetch.shown});
  if (fetch.open) {
    MODTOOL_TRY(const auto sink, fetch.open());
    request.sink = [&asking, sink, done = std::uint64_t{0}](std::string_view bytes) mutable {
      asking.advance(done += bytes.size());
      return sink(bytes);
    };
  }
  const WorkerPool::Wait elsewhere(pool_);
  auto reply = http_.get(request);
  asking.end(outcome_of(reply));
  return reply;
}

bool HttpFetcher::was_given_up(const std::string& place) {
  const std::lock_guard lock(mutex_);
  return given_up_.contains(place);
}

void HttpFetcher::give_up(const std::string& place) {
  const std::lock_guard lock(mutex_);
  given_up_.insert(place);
}

}  // namespace modtool::source
