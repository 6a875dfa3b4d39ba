#include "core/io/http_proxy.hpp"

#include "tests/support/check.hpp"

namespace modtool::io {
namespace {

// The proxy of a URL where both are set.
std::string ask(const std::string& exceptions, const std::string& url) {
  const auto proxy = find_proxy({.secure = "secure:1", .plain = "plain:2", .exceptions = exceptions}, url);
  return proxy ? *proxy : proxy.error().message;
}

}  // namespace

TEST_CASE("https goes through one proxy and http through the other, this machine through none") {
  CHECK(ask("", "https://example.com/a") == "http://secure:1");
  CHECK(ask("", "http://example.com/a") == "http://plain:2");
  for (const std::string host :
       {"localhost", "localhost:8443", "127.0.0.1", "127.1.2.3:80", "[::1]", "[::1]:443", "[::ffff:127.0.0.1]"}) {
    CAPTURE(host);
    CHECK(ask("", "https://" + host + "/a").empty());
  }
  CHECK(REQUIRE_OK(find_proxy({.secure = "secure"}, "http://example.com/")).empty());
}

TEST_CASE("NO_PROXY names hosts, domains, addresses and networks, with ports or without, as Go takes them") {
  struct {
    std::string exceptions, host;
    bool is_excepted;
  } const rows[] = {
      {"*", "example.com", true},
      {"other.com, Example.com ,", "EXAMPLE.com", true},
      {"example.com", "a.example.com", true},
      {"example.com", "notexample.com", false},
      {".example.com", "a.example.com", true},
      {".example.com", "example.com", false},
      {"*.example.com", "a.example.com", true},
      {"*.example.com", "example.com", false},
      {"example.com:443", "example.com", true},
      {"example.com:8443", "example.com", false},
      {"example.com:8443", "a.example.com:8443", true},
      {"10.0.0.1", "10.0.0.1", true},
      {"10.0.0.1", "10.0.0.12", false},
      {"10.0.0.1:80", "10.0.0.1", false},
      {"10.0.0.0/8", "10.9.9.9", true},
      {"10.0.0.0/9", "10.128.0.0", false},
      {"10.0.0.0/8", "example.com", false},
      {"0.0.0.0/0", "[2001:db8::1]", false},
      {"2001:db8::/32", "[2001:db8::1]:8443", true},
      {"2001:db8::1", "[2001:db8::1]", true},
      {"[2001:db8::1]:443", "[2001:db8::1]", true},
      {"[2001:db8::1]", "[2001:db8::1]", false},
      {"10.0.0.0/x,:80,/,", "10.0.0.1", false},
      {"0.0.1", "10.0.0.1", false},
  };
  for (const auto& row : rows) {
    CAPTURE(row.exceptions);
    CAPTURE(row.host);
    CHECK(ask(row.exceptions, "https://" + row.host + "/a").empty() == row.is_excepted);
  }
}

TEST_CASE("a proxy is a URL or a host, and has the port of its kind") {
  const auto proxy = [](const std::string& given) { return find_proxy({.secure = given}, "https://example.com/"); };
  CHECK(REQUIRE_OK(proxy("proxy")) == "http://proxy:80");
  CHECK(REQUIRE_OK(proxy("proxy:3128")) == "http://proxy:3128");
  CHECK(REQUIRE_OK(proxy("http://me:secret@proxy/")) == "http://me:secret@proxy:80");
  CHECK(REQUIRE_OK(proxy("HTTPS://proxy")) == "https://proxy:443");
  CHECK(REQUIRE_OK(proxy("socks5://[::1]")) == "socks5h://[::1]:1080");
  CHECK_ERROR(proxy("ftp://me:secret@proxy"), Code::kBadSetting, "proxy \"ftp://me:xxxxx@proxy\": only proxies at");
}

TEST_CASE("a CGI program takes no HTTP_PROXY, which any request could set") {
  const HttpProxies proxies{.secure = "a", .plain = "b", .exceptions = "", .in_cgi = true};
  CHECK_ERROR(find_proxy(proxies, "http://example.com/"), Code::kBadSetting, "golang.org/s/cgihttpproxy");
  CHECK(REQUIRE_OK(find_proxy(proxies, "https://example.com/")) == "http://a:80");
}

}  // namespace modtool::io
