#include "core/io/http.hpp"

#include <doctest/doctest.h>

#include <atomic>
#include <thread>

#include "core/base/worker_pool.hpp"
#include "tests/support/check.hpp"
#include "tests/support/loopback_server.hpp"

namespace modtool::io {
namespace {

using test::LoopbackServer;
using test::ServerReply;

constexpr std::uint64_t kLimit = 1 << 20;

struct Client {
  Cancellation cancellation;
  std::unique_ptr<HttpClient> http = make_http_client(cancellation, {.user_agent = "modtool-test/1"});
  Result<HttpReply> get(const std::string& url, std::uint64_t limit = kLimit) { return http->get(url, limit); }
};

// A server that always gives the same reply.
struct FixedServer {
  ServerReply reply;
  std::atomic<bool> is_asked = false;
  LoopbackServer server{[this](const std::string&) {
    is_asked = true;
    is_asked.notify_all();
    return reply;
  }};
};

}  // namespace

TEST_CASE("any reply of a server is a reply, with its status, words, type and bytes") {
  struct {
    ServerReply sent;
  } const rows[] = {
      {{.status = 200, .reason = "OK", .body = "text", .headers = {{"Content-Type", "text/plain"}}}},
      {{.status = 200, .reason = "OK", .body = std::string(100'000, 'x')}},
      {{.status = 404, .reason = "Not Found", .body = "not found: no such version"}},
      {{.status = 410, .reason = "Gone", .body = ""}},
      {{.status = 500, .reason = "Internal Server Error", .body = "oops"}},
      {{.status = 418, .reason = "", .body = ""}},
  };
  for (const auto& row : rows) {
    FixedServer fixed{row.sent};
    Client client;
    const HttpReply reply = REQUIRE_OK(client.get(fixed.server.url() + "/a/@v/list"));
    CHECK(reply.status == row.sent.status);
    CHECK(reply.reason == row.sent.reason);
    CHECK(reply.body == row.sent.body);
    CHECK(reply.content_type == (row.sent.headers.empty() ? "" : "text/plain"));
    const std::string request = fixed.server.requests().at(0);
    CHECK(request.starts_with("GET /a/@v/list HTTP/1.1\r\n"));
    CHECK(request.find("\r\nUser-Agent: modtool-test/1\r\n") != std::string::npos);
  }
}

TEST_CASE("one connection serves several requests, failed ones in between") {
  LoopbackServer server([](const std::string& path) { return ServerReply{.status = path == "/no" ? 404 : 200}; });
  Client client;
  for (const std::string path : {"/a", "/no", "/b"}) REQUIRE_OK(client.get(server.url() + path));
  CHECK(server.connections() == 1);
}

TEST_CASE("several threads may ask at once") {
  LoopbackServer server([](const std::string& path) { return ServerReply{.body = path}; });
  Client client;
  WorkerPool pool(4, client.cancellation);
  REQUIRE_OK(pool.for_each(64, [&](std::size_t i) -> Result<void> {
    const std::string path = "/" + std::to_string(i);
    MODTOOL_TRY(const HttpReply reply, client.get(server.url() + path));
    if (reply.body != path) return fail(Code::kInternal, "the reply to another request");
    return {};
  }));
  CHECK(server.requests().size() == 64);
  CHECK(server.connections() <= 4);
}

TEST_CASE("redirects are followed, and only the last reply counts") {
  LoopbackServer server([](const std::string& path) {
    if (path == "/end") return ServerReply{.body = "here"};
    return ServerReply{.status = 302, .reason = "Found", .body = "elsewhere", .headers = {{"Location", "/end"}}};
  });
  Client client;
  const HttpReply reply = REQUIRE_OK(client.get(server.url() + "/start"));
  CHECK(reply.status == 200);
  CHECK(reply.reason == "OK");
  CHECK(reply.body == "here");
}

TEST_CASE("a redirect is refused that leads round in circles or to another scheme; from http it may lead to https") {
  struct {
    std::string location;
    Code code;
    std::string part;
  } const rows[] = {
      {"/again", Code::kBadReply, "redirects"},
      {"https://127.0.0.1:1/x", Code::kUnreachable, "connect: connection refused"},
      {"file:///etc/passwd", Code::kUnsupportedScheme, "file"},
      {"ftp://127.0.0.1/x", Code::kUnsupportedScheme, "ftp"},
      {"http://me:secret@127.0.0.1:1/x", Code::kForbidden, ""},
  };
  for (const auto& row : rows) {
    FixedServer fixed{{.status = 302, .reason = "Found", .headers = {{"Location", row.location}}}};
    Client client;
    CHECK_ERROR(client.get(fixed.server.url() + "/x"), row.code, row.part);
    CHECK(fixed.server.requests().size() <= 11);
  }
}

TEST_CASE("a URL is refused before anything is sent") {
  struct {
    std::string url;
    Code code;
    std::string part;
  } const rows[] = {
      {"https://127.0.0.1:1/x", Code::kUnreachable, "Get \"https://127.0.0.1:1/x\": connect: connection refused"},
      {"file:///etc/passwd", Code::kUnsupportedScheme, "unsupported protocol scheme \"file\""},
      {"127.0.0.1", Code::kUnsupportedScheme, "unsupported protocol scheme"},
      {"", Code::kUnsupportedScheme, "unsupported protocol scheme"},
      {"http://me:secret@127.0.0.1:1/x", Code::kForbidden,
       "refusing to pass credentials to insecure URL: http://me:xxxxx@127.0.0.1:1/x"},
      {"https://me:secret@127.0.0.1:1/x", Code::kUnreachable, "Get \"https://me:xxxxx@127.0.0.1:1/x\": connect"},
      {"https://me:%zz@127.0.0.1:1/x", Code::kBadSetting, "invalid URL escape \"%zz\""},
      {"http://127.0.0.1:port/x", Code::kBadSetting, ""},
  };
  for (const auto& row : rows) {
    Client client;
    CHECK_ERROR(client.get(row.url), row.code, row.part);
  }
}

TEST_CASE("where only https is spoken, http is not") {
  const Cancellation cancellation;
  const auto http = make_http_client(cancellation, {.user_agent = "test", .security = HttpSecurity::kTls});
  CHECK_ERROR(http->get("http://127.0.0.1:1/x", kLimit), Code::kUnsupportedScheme, "unsupported protocol scheme");
  CHECK_ERROR(http->get("https://127.0.0.1:1/x", kLimit), Code::kUnreachable, "connection refused");
}

TEST_CASE("a sink takes the body of 200, and nothing of other replies") {
  std::string taken;
  const HttpSink sink = [&](std::string_view bytes) -> Result<void> {
    taken += bytes;
    return {};
  };
  FixedServer good{{.body = std::string(100'000, 'x')}};
  Client client;
  const HttpReply reply = REQUIRE_OK(client.http->get({.url = good.server.url(), .limit = kLimit, .sink = sink}));
  CHECK(reply.body == "");
  CHECK(taken == good.reply.body);
  taken.clear();
  FixedServer bad{{.status = 404, .reason = "Not Found", .body = "not here"}};
  CHECK(REQUIRE_OK(client.http->get({.url = bad.server.url(), .limit = kLimit, .sink = sink})).body == "not here");
  CHECK(taken == "");
  const HttpSink full = [](std::string_view) { return Result<void>(fail(Code::kDiskFull, "no space")); };
  CHECK_ERROR(client.http->get({.url = good.server.url(), .limit = kLimit, .sink = full}), Code::kDiskFull, "no space");
}

TEST_CASE("of a failure the first words count, however many follow") {
  FixedServer fixed{{.status = 403, .reason = "Forbidden", .body = std::string(1 << 16, 'x'), .never_ends = true}};
  Client client;
  const HttpReply reply = REQUIRE_OK(client.get(fixed.server.url() + "/x"));
  CHECK(reply.status == 403);
  CHECK(reply.body.size() == 1 << 16);
}

TEST_CASE("a URL lies below a prefix by its segments, however they are written") {
  struct {
    std::string url, prefix;
    bool is_below;
  } const rows[] = {
      {"https://h/a", "h", true},
      {"https://h", "h", true},
      {"https://h:1/a", "h", false},
      {"https://h:1/a", "h:1", true},
      {"https://hh/a", "h", false},
      {"https://h/a/b?q", "h/a", true},
      {"https://h/ab", "h/a", false},
      {"https://h/a/../b", "h/a", false},
      {"https://h/a/%2e%2E/b", "h/a", false},
      {"https://h/a/b%2f..%2fc", "h/a", false},
      {"https://h/a/...", "h/a", true},
      {"h/a", "h", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.url);
    CHECK(is_below(row.url, row.prefix) == row.is_below);
  }
}

TEST_CASE("a reply over the limit is cut off") {
  FixedServer fixed{{.body = std::string(1000, 'x')}};
  Client client;
  CHECK(REQUIRE_OK(client.get(fixed.server.url() + "/x", 1000)).body.size() == 1000);
  CHECK_ERROR(client.get(fixed.server.url() + "/x", 999), Code::kBadReply, "more than 999 bytes");
}

TEST_CASE("a failure is classed by whether another try is worth it") {
  struct {
    std::string raw;
    Code code;
    std::string verb = "Get ";
  } const rows[] = {
      {"this is not HTTP\r\n\r\n", Code::kBadReply},
      {"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", Code::kConnectionLost, "read "},
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Code::kConnectionLost},
  };
  for (const auto& row : rows) {
    CAPTURE(row.raw);
    FixedServer fixed{{.raw = row.raw}};
    Client client;
    CHECK_ERROR(client.get(fixed.server.url() + "/x"), row.code, row.verb + "\"" + fixed.server.url() + "/x\": ");
  }
}

TEST_CASE("a server that is not there is unreachable") {
  std::string url;
  {
    const FixedServer gone{};
    url = gone.server.url();
  }
  Client client;
  CHECK_ERROR(client.get(url + "/x"), Code::kUnreachable, "connect: connection refused");
}

TEST_CASE("a silent server is waited for as long as the client was told") {
  using std::chrono::seconds;
  for (const auto& times : {HttpTimes{.silent = seconds(1)}, HttpTimes{.whole = seconds(1)}}) {
    FixedServer fixed{{.never_replies = true}};
    const Cancellation cancellation;
    const auto http = make_http_client(cancellation, {.user_agent = "modtool-test/1", .times = times});
    CHECK_ERROR(http->get(fixed.server.url() + "/x", kLimit), Code::kConnectionLost, "");
  }
}

TEST_CASE("the wait for a silent server ends with the run") {
  FixedServer fixed{{.never_replies = true}};
  SUBCASE("interrupted") {
    Client client;
    const std::jthread interrupter([&] {
      fixed.is_asked.wait(false);
      client.cancellation.request(Code::kInterrupted);
    });
    CHECK_ERROR(client.get(fixed.server.url() + "/x"), Code::kInterrupted, "");
  }
  SUBCASE("timed out") {
    Client client;
    client.cancellation.set_deadline(std::chrono::steady_clock::now() + std::chrono::milliseconds(30));
    CHECK_ERROR(client.get(fixed.server.url() + "/x"), Code::kTimeout, "");
  }
}

}  // namespace modtool::io
