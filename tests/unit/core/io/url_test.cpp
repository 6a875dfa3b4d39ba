#include "core/io/url.hpp"

#include "tests/support/check.hpp"

namespace modtool::io {

TEST_CASE("a URL falls into scheme, user and place") {
  struct {
    std::string url, scheme, user, place, shown;
  } const rows[] = {
      {"https://host:80/p?q#f", "https", "", "host:80", "https://host:80/p?q#f"},
      {"https://me:secret@host/p", "https", "me:secret", "host", "https://me:xxxxx@host/p"},
      {"https://me@host", "https", "me", "host", "https://me@host"},
      {"https://me:@host", "https", "me:", "host", "https://me:xxxxx@host"},
      {"https://a@b:se@cret@host/p@q:r", "https", "a@b:se@cret", "host", "https://a@b:xxxxx@host/p@q:r"},
      {"https://[::1]:80/p@q", "https", "", "[::1]:80", "https://[::1]:80/p@q"},
      {"file:/p", "file", "", "", "file:/p"},
      {"", "", "", "", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.url);
    const UrlParts parts = split_url(row.url);
    CHECK(parts.scheme == row.scheme);
    CHECK(parts.user == row.user);
    CHECK(parts.place == row.place);
    CHECK(mask_password(row.url) == row.shown);
  }
}

TEST_CASE("a URL without its user asks the same place") {
  CHECK(without_user("https://me:s@cret@host:80/p@q") == "https://host:80/p@q");
  CHECK(without_user("https://host/p@q") == "https://host/p@q");
}

TEST_CASE("a URL leads to a host and a port") {
  struct {
    std::string url, host, port;
  } const rows[] = {
      {"https://me:x@Host/p", "host", "443"}, {"http://host", "host", "80"},    {"https://host:8443/", "host", "8443"},
      {"https://host:/", "host", "443"},      {"https://[::1]/", "::1", "443"}, {"https://[::1]:80/", "::1", "80"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.url);
    CHECK(host_and_port(row.url).host == row.host);
    CHECK(host_and_port(row.url).port == row.port);
  }
}

TEST_CASE("percent signs are undone, and a malformed one is told in Go's words") {
  CHECK(REQUIRE_OK(unescape_url("s3cret%2Fword%3a")) == "s3cret/word:");
  CHECK_ERROR(unescape_url("a%2"), Code::kBadSetting, "invalid URL escape \"%2\"");
  CHECK_ERROR(unescape_url("a%zz"), Code::kBadSetting, "invalid URL escape \"%zz\"");
}

}  // namespace modtool::io
