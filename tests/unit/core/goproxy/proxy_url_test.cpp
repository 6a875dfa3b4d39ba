#include "core/goproxy/proxy_url.hpp"

#include "tests/support/check.hpp"

namespace modtool::goproxy {

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
