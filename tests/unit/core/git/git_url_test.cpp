#include "core/git/git_url.hpp"

#include "core/git/git_location.hpp"

#include "tests/support/check.hpp"

using namespace modtool;
using namespace modtool::git;

TEST_CASE("a Git URL is taken apart") {
  struct Row {
    std::string text;
    GitTransport transport;
    std::string user;
    std::string host;
    int port;
    std::string path;
  };
  const std::vector<Row> table = {
      {"https://github.com/fmtlib/fmt", GitTransport::kHttps, "", "github.com", 0, "/fmtlib/fmt"},
      {"https://GitHub.com:8443/A/b.git", GitTransport::kHttps, "", "github.com", 8443, "/A/b.git"},
      {"https://u:p@h.example/a", GitTransport::kHttps, "u:p", "h.example", 0, "/a"},
      {"git://127.0.0.1:9418/a", GitTransport::kGit, "", "127.0.0.1", 9418, "/a"},
      {"http://u:p@h.example/a", GitTransport::kHttp, "u:p", "h.example", 0, "/a"},
      {"ssh://git@h.example/~me/a", GitTransport::kSsh, "git", "h.example", 0, "/~me/a"},
      {"ssh://git@[::1]:22/a", GitTransport::kSsh, "git", "[::1]", 22, "/a"},
      {"git@github.com:a/b.git", GitTransport::kSsh, "git", "github.com", 0, "a/b.git"},
      {"h.example:a", GitTransport::kSsh, "", "h.example", 0, "a"},
      {"git@[::1]:a", GitTransport::kSsh, "git", "[::1]", 0, "a"},
      {"git@[h.example:2222]:a", GitTransport::kSsh, "git", "h.example", 2222, "a"},
      {"file:///a%20b/c", GitTransport::kLocal, "", "", 0, "/a b/c"},
      {"file://localhost/a", GitTransport::kLocal, "", "", 0, "/a"},
      {"/a/b", GitTransport::kLocal, "", "", 0, "/a/b"},
      {"../a:b", GitTransport::kLocal, "", "", 0, "../a:b"},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    const auto url = REQUIRE_OK(parse_git_url(row.text, PlainUrls::kTaken));
    CHECK(url.is_plain() == (url.transport == GitTransport::kGit || url.transport == GitTransport::kHttp));
    CHECK(url.transport == row.transport);
    CHECK(url.user == row.user);
    CHECK(url.host == row.host);
    CHECK(url.port == row.port);
    CHECK(url.path == row.path);
  }
}

// CVE-2017-1000117, CVE-2018-17456, CVE-2020-5260, CVE-2023-45285 and their like.
TEST_CASE("a URL that is more than the place of a repository is refused before any use") {
  const std::vector<std::string> table = {
      "",
      "-",
      "--upload-pack=touch x",
      "-oProxyCommand=x",
      "ext::sh -c touch% x",
      "fd::17/foo",
      "file::/a",
      "EXT::sh",
      "git-remote-x::y",
      "ssh://-oProxyCommand=touch x/a",
      "ssh://-oProxyCommand=x/a",
      "ssh://%2doProxyCommand=x/a",
      "ssh://u@-oProxyCommand=x/a",
      "ssh://-oProxyCommand=x@h/a",
      "ssh://%2DoProxyCommand=x@h/a",
      "ssh://h/%2d-upload",
      "ssh://h/-x",
      "-oProxyCommand=x:a",
      "u@-oProxyCommand=x:a",
      "h:-oProxyCommand=x",
      "SSH://h/a",
      "HTTPS://h/a",
      "ftp://h/a",
      "git+ssh://h/a",
      "javascript://h/a",
      "https:///a",
      "https://h",
      "https://h/",
      "https://h:0/a",
      "https://h:65536/a",
      "https://h:/a",
      "https://h:x/a",
      "https://h/a?b",
      "https://h/a#b",
      "https://h/../a",
      "https://h/a/%2e%2e/b",
      "https://h/a b",
      "https://h/a\\b",
      "https://h/a\nb",
      "https://h/a%0ahost=evil",
      "https://h/a%00",
      "https://u%0a@h/a",
      "https://h/a%g0",
      "https://h%2eevil/a",
      "https://h@evil@h/%0a",
      "ssh://u:password@h/a",
      "ssh://h/a'$(touch x)'",
      "ssh://h/a%27b",
      "h:a`touch`",
      "h:a$(touch)",
      "git@[h:x]:a",
      "git@[-h:1]:a",
      "https://h\"/a",
      "git://h\r\n/a",
      "git://u@h/a",
      "file://evil/a",
      "h:",
      "[::1:a",
      std::string("https://h/a\0b", 13),
      "https://h/" + std::string(5000, 'a'),
  };
  for (const auto& text : table) {
    CAPTURE(text);
    CHECK_ERROR(parse_git_url(text, PlainUrls::kTaken), Code::kBadGitUrl, "Git URL");
  }
}

TEST_CASE("what nothing proves is refused by name, but where the user's configuration leads there") {
  CHECK_ERROR(parse_git_url("http://h/a"), Code::kUnsupportedScheme, "use https://");
  CHECK_ERROR(parse_git_url("git://h/a"), Code::kUnsupportedScheme, "url.git://….insteadOf");
  const GitConfig config{.rewrites = {{"http://mirror/", "https://h/"}, {"git://mirror/", "git://h/"}}};
  const auto lead = [&](std::string_view declared) {
    return rewrite_git_url(REQUIRE_OK(parse_git_url(declared, PlainUrls::kTaken)), config, "/");
  };
  CHECK(REQUIRE_OK(lead("https://h/a")).shown() == "http://mirror/a");
  CHECK(REQUIRE_OK(lead("git://h/a")).shown() == "git://mirror/a");
  CHECK_ERROR(lead("http://other/a"), Code::kUnsupportedScheme, "http://");
}

TEST_CASE("passwords are not shown") {
  CHECK(REQUIRE_OK(parse_git_url("https://u:secret@h.example/a")).shown() == "https://h.example/a");
  CHECK(REQUIRE_OK(parse_git_url("git@h.example:a")).shown() == "git@h.example:a");
  for (const std::string text : {"https://u:secret@h.example:0/a", "http://u:secret@h/a", "ftp://u:secret@h/a"}) {
    const auto refused = parse_git_url(text);
    REQUIRE_FALSE(refused.has_value());
    CHECK(to_line(refused.error()).find("secret") == std::string::npos);
  }
}

TEST_CASE("a transport gets a spelling that it knows, and no password") {
  const auto text = [](const std::string& url) { return REQUIRE_OK(parse_git_url(url)).transport_text(); };
  CHECK(text("https://u:secret@h.example/a") == "https://h.example/a");
  CHECK(text("ssh://git@h.example:2222/a") == "ssh://git@h.example:2222/a");
  CHECK(text("git@h.example:a") == "git@h.example:a");
  CHECK(text("git@[h.example:2222]:a") == "[git@h.example:2222]:a");
  CHECK(REQUIRE_OK(parse_git_url("https://h/a")).effective_port() == 443);
  CHECK(REQUIRE_OK(parse_git_url("ssh://h:23/a")).effective_port() == 23);
  CHECK(REQUIRE_OK(parse_git_url("ssh://[::1]/a")).bare_host() == "::1");
}

TEST_CASE("two spellings of one repository have one identity") {
  const auto identity = [](const std::string& text) { return REQUIRE_OK(parse_git_url(text)).identity(); };
  CHECK(identity("https://github.com/A/b") == "github.com/A/b");
  CHECK(identity("https://GitHub.com/A/b.git/") == "github.com/A/b");
  CHECK(identity("git@github.com:A/b.git") == "github.com/A/b");
  CHECK(identity("ssh://git@github.com/A/b") == "github.com/A/b");
  CHECK(identity("https://github.com/a/b") != identity("https://github.com/A/b"));
  CHECK(identity("file:///x/./a.git") == identity("/x/a"));
}
