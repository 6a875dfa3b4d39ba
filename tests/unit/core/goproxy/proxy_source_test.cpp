#include "core/goproxy/proxy_source.hpp"

#include "core/base/cancellation.hpp"
#include "tests/support/check.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool::goproxy {
namespace {

const module::ModuleVersion kA{"example.com/A", "v1.0.0"};
const std::string kVersions = "/proxy/example.com/!a/@v/";
const std::string kUrl = "file:///proxy/example.com/%21a/@v/";

struct FileProxy {
  modtool::test::MemoryFileSystem files;
  ProxySource source{make_file_transport(*parse_proxy_url("file:///proxy"), files), "file:///proxy"};
};

struct HttpProxy {
  explicit HttpProxy(modtool::test::LoopbackServer::Handler handler) : server(std::move(handler)) {}

  modtool::test::LoopbackServer server;
  modtool::test::MemoryFileSystem files;
  modtool::test::RecordingReporter reporter;
  Cancellation cancellation;
  std::unique_ptr<io::HttpClient> http = io::make_http_client(cancellation, {.user_agent = "test"});
  WorkerPool pool{1, cancellation};
  source::HttpFetcher fetcher{*http, reporter, pool, {.attempts = 1}};
  ProxySource source{make_http_transport(*parse_proxy_url(server.url() + "/p/"), fetcher, files), server.url() + "/p"};
};

}  // namespace

TEST_CASE("a directory serves modules as a proxy does") {
  FileProxy proxy;
  proxy.files.add(kVersions + "list", "v1.1.0\nv1.0.0\n");
  proxy.files.add(kVersions + "v1.0.0.info", R"({"Version":"v1.0.0"})");
  proxy.files.add(kVersions + "v1.0.0.mod", "module example.com/A\n");
  proxy.files.add(kVersions + "v1.0.0.zip", "zip bytes");
  proxy.files.add("/proxy/example.com/!a/@latest", R"({"Version":"v1.1.0"})");

  CHECK(REQUIRE_OK(proxy.source.fetch_versions("example.com/A")) == std::vector<std::string>{"v1.0.0", "v1.1.0"});
  CHECK(REQUIRE_OK(proxy.source.fetch_info("example.com/A", "v1.0.0")).version == "v1.0.0");
  CHECK(REQUIRE_OK(proxy.source.fetch_latest("example.com/A")).version == "v1.1.0");
  CHECK(REQUIRE_OK(proxy.source.fetch_mod(kA)) == "module example.com/A\n");
  REQUIRE_OK(proxy.source.fetch_zip(kA, "/zip"));
  CHECK(REQUIRE_OK(proxy.files.read("/zip")) == "zip bytes");
}

TEST_CASE("what a directory lacks is not found, in Go's words") {
  FileProxy proxy;
  CHECK_ERROR(proxy.source.fetch_versions("example.com/A"), Code::kNotFound,
              "reading " + kUrl + "list: no such file or directory");
  CHECK_ERROR(proxy.source.fetch_mod(kA), Code::kNotFound, "reading " + kUrl + "v1.0.0.mod: no such file or directory");
  CHECK_ERROR(proxy.source.fetch_zip(kA, "/zip"), Code::kNotFound, "v1.0.0.zip: no such file or directory");
  CHECK_FALSE(is_there(proxy.files, "/zip"));
}

TEST_CASE("without @latest the newest version of the list stands for it") {
  FileProxy proxy;
  proxy.files.add(kVersions + "list", "v0.0.0-20240102030405-abcdefabcdef\n");
  proxy.files.add(kVersions + "v0.0.0-20240102030405-abcdefabcdef.info",
                  R"({"Version":"v0.0.0-20240102030405-abcdefabcdef"})");
  CHECK(REQUIRE_OK(proxy.source.fetch_latest("example.com/A")).version == "v0.0.0-20240102030405-abcdefabcdef");
  proxy.files.add(kVersions + "list", "v1.0.0\n");
  CHECK_ERROR(proxy.source.fetch_latest("example.com/A"), Code::kNotFound, "no commits");
}

TEST_CASE("replies that cannot be right are refused") {
  FileProxy proxy;
  proxy.files.add(kVersions + "v1.0.0.info", R"({"Version":"v6.6.6"})");
  CHECK_ERROR(proxy.source.fetch_info("example.com/A", "v1.0.0"), Code::kBadReply,
              "proxy returned info for version v6.6.6 instead of requested version");
  proxy.files.add(kVersions + "v1.0.0.info", "<html>");
  CHECK_ERROR(proxy.source.fetch_info("example.com/A", "v1.0.0"), Code::kBadReply,
              "invalid response from proxy \"file:///proxy\": malformed JSON");
  proxy.files.add(kVersions + "v1.0.0.mod", std::string((16 << 20) + 1, ' '));
  CHECK_ERROR(proxy.source.fetch_mod(kA), Code::kTooLarge, "more than 16777216 bytes");
  proxy.files.add(kVersions + "main.info", R"({"Version":"v1.0.1-0.20240102030405-abcdefabcdef"})");
  CHECK(REQUIRE_OK(proxy.source.fetch_info("example.com/A", "main")).version == "v1.0.1-0.20240102030405-abcdefabcdef");
}

TEST_CASE("no name that is not a module's reaches the proxy") {
  FileProxy proxy;
  proxy.files.add("/etc/passwd", "secret");
  for (const char* version : {"-oops", "../../../etc/passwd", "v1", "v1.0.0+meta", ""}) {
    CAPTURE(version);
    CHECK_FALSE(proxy.source.fetch_mod({"example.com/a", version}).has_value());
    CHECK_FALSE(proxy.source.fetch_zip({"example.com/a", version}, "/zip").has_value());
  }
  for (const char* path : {"../../etc", "/etc", "example.com/../..", ""}) {
    CAPTURE(path);
    CHECK_FALSE(proxy.source.fetch_versions(path).has_value());
    CHECK_FALSE(proxy.source.fetch_latest(path).has_value());
    CHECK_FALSE(proxy.source.fetch_info(path, "v1.0.0").has_value());
  }
  CHECK_FALSE(proxy.source.fetch_info("example.com/a", "../x").has_value());
  CHECK(proxy.files.read_paths().empty());
}

TEST_CASE("a server is asked by URLs as Go writes them, and its requests are told") {
  HttpProxy proxy([](const std::string& path) {
    return modtool::test::ServerReply{.body = path.ends_with(".zip") ? "zip bytes" : "module example.com/A\n"};
  });
  CHECK(REQUIRE_OK(proxy.source.fetch_mod(kA)) == "module example.com/A\n");
  REQUIRE_OK(proxy.source.fetch_zip({"example.com/A", "v2.0.0+incompatible"}, "/zip"));
  CHECK(REQUIRE_OK(proxy.files.read("/zip")) == "zip bytes");
  const auto requests = proxy.server.requests();
  REQUIRE(requests.size() == 2);
  CHECK(requests[0].starts_with("GET /p/example.com/%21a/@v/v1.0.0.mod HTTP/1.1\r\n"));
  CHECK(requests[1].starts_with("GET /p/example.com/%21a/@v/v2.0.0+incompatible.zip HTTP/1.1\r\n"));
  const std::string url = proxy.server.url() + "/p/example.com/%21a/@v/v1.0.0.mod";
  REQUIRE(proxy.reporter.begun.size() == 2);
  CHECK(proxy.reporter.begun[0] == "fetching " + url);
  CHECK(proxy.reporter.ended[0] == "fetching " + url + ": 200 OK");
}

TEST_CASE("a server's refusals are classed, and told in Go's words with what the server says") {
  struct Case {
    int status;
    std::string reason;
    Code code;
  };
  const Case cases[] = {
      {404, "Not Found", Code::kNotFound},
      {410, "Gone", Code::kNotFound},
      {401, "Unauthorized", Code::kForbidden},
      {403, "Forbidden", Code::kForbidden},
      {429, "Too Many Requests", Code::kServerError},
      {500, "Internal Server Error", Code::kServerError},
      {503, "Service Unavailable", Code::kServerError},
      {204, "No Content", Code::kForbidden},
  };
  for (const auto& [status, reason, code] : cases) {
    CAPTURE(status);
    HttpProxy proxy([&](const std::string&) {
      return modtool::test::ServerReply{.status = status,
                                        .reason = reason,
                                        .body = status == 204 ? "" : "not today\n",
                                        .headers = {{"Content-Type", "text/plain; charset=utf-8"}}};
    });
    const std::string shown =
        "reading " + proxy.server.url() + "/p/example.com/%21a/@v/v1.0.0.mod: " + std::to_string(status) + " " + reason;
    CHECK_ERROR(proxy.source.fetch_mod(kA), code, shown + (status == 204 ? "" : "\n\tserver response: not today"));
    CHECK_ERROR(proxy.source.fetch_zip(kA, "/zip"), code, std::to_string(status));
    CHECK_FALSE(is_there(proxy.files, "/zip"));
  }
}

}  // namespace modtool::goproxy
