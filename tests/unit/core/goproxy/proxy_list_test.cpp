#include "core/goproxy/proxy_list.hpp"

#include "core/goproxy/proxy_url.hpp"
#include "tests/support/check.hpp"

namespace modtool::goproxy {
namespace {

using Kind = ProxyEntry::Kind;

ProxyEntry proxy(std::string url, bool falls_back_on_any = false) {
  return {.url = std::move(url), .falls_back_on_any = falls_back_on_any};
}

}  // namespace

TEST_CASE("GOPROXY is a list in which commas and bars say when to go on") {
  struct Case {
    std::string proxies;
    std::string no_proxy;
    std::vector<ProxyEntry> entries;
  };
  const ProxyEntry direct{.kind = Kind::kDirect};
  const ProxyEntry off{.kind = Kind::kOff};
  const ProxyEntry matching{.kind = Kind::kPrivate};
  const Case cases[] = {
      {"http://a,http://b", "", {proxy("http://a"), proxy("http://b")}},
      {"http://a|http://b,direct", "", {proxy("http://a", true), proxy("http://b"), direct}},
      {" http://a , off ", "", {proxy("http://a"), off}},
      {"file:///p,,|", "", {proxy("file:///p")}},
      {"direct,http://never", "", {direct}},
      {"off|http://never", "", {off}},
      {"proxy.example.com", "", {proxy("https://proxy.example.com")}},
      {"localhost:8080", "", {proxy("https://localhost:8080")}},
      {"http://a", "*.corp", {matching, proxy("http://a")}},
      {"direct", "*.corp", {direct}},
      {"off", "*.corp", {matching, off}},
  };
  for (const auto& [proxies, no_proxy, entries] : cases) {
    CAPTURE(proxies);
    const auto list = REQUIRE_OK(parse_proxy_list(proxies, no_proxy));
    CHECK(list.entries == entries);
    CHECK(list.private_patterns == no_proxy);
  }
}

TEST_CASE("a GOPROXY that cannot be used is refused in Go's words") {
  struct Case {
    std::string proxies;
    std::string message;
  };
  const Case cases[] = {
      {",", "GOPROXY list is not the empty string, but contains no entries"},
      {" | ", "GOPROXY list is not the empty string, but contains no entries"},
      {"ftp://a/b", "invalid proxy URL scheme (must be https, http, file): ftp://a/b"},
      {"ext::sh:/x", "invalid proxy URL scheme (must be https, http, file): ext::sh:/x"},
      {"/tmp/proxy", "invalid proxy URL missing scheme: /tmp/proxy"},
      {"local", "invalid proxy URL missing scheme: local"},
      {"file://host/x", "invalid file:// proxy URL with non-path elements: file://host/x"},
      {"file:///x?y", "invalid file:// proxy URL with non-path elements: file:///x?y"},
      {"file:///x%zz", "invalid URL escape \"%zz\""},
  };
  for (const auto& [proxies, message] : cases) {
    CAPTURE(proxies);
    CHECK_ERROR(parse_proxy_list(proxies, ""), Code::kBadSetting, message);
    CHECK_ERROR(parse_proxy_list(proxies, "*.corp"), Code::kBadSetting, message);
  }
}

TEST_CASE("a file URL names a directory, and a password is never shown") {
  const auto file = REQUIRE_OK(parse_proxy_url("FILE:///a%20b//c/"));
  CHECK(file.scheme == "file");
  CHECK(file.path == "/a b/c");
  CHECK(file.shown == "file:///a%20b/c");

  const auto http = REQUIRE_OK(parse_proxy_url("http://user:secret@host:80/p/"));
  CHECK(http.base == "http://user:secret@host:80/p");
  CHECK(http.shown == "http://user:xxxxx@host:80/p");
}

TEST_CASE("names are escaped in URLs as Go escapes them") {
  CHECK(escape_url_path("example.com/!upper/@v/v1.0.0+incompatible.mod") ==
        "example.com/%21upper/@v/v1.0.0+incompatible.mod");
  CHECK(escape_url_path("a b?c#d%e,f;g") == "a%20b%3Fc%23d%25e%2Cf%3Bg");
}

}  // namespace modtool::goproxy
