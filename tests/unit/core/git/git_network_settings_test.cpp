#include "core/git/git_network_settings.hpp"

#include "core/git/git_login.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

GitUrl url_of(const std::string& text) { return REQUIRE_OK(parse_git_url(text)); }

}  // namespace

TEST_CASE("the Git configuration's proxy comes before the environment's, and NO_PROXY before both") {
  struct Row {
    std::string environment;
    std::string no_proxy;
    std::vector<GitHttpSetting> config;
    std::string proxy;
  };
  const std::vector<Row> table = {
      {"", "", {}, ""},
      {"http://p:3128", "", {}, "http://p:3128"},
      {"p:3128", "", {}, "http://p:3128"},
      {"http://p", "", {{"", "proxy", "http://q"}}, "http://q"},
      {"http://p", "", {{"https://h.example/", "proxy", ""}}, ""},
      {"http://p", "h.example", {}, ""},
      {"http://p", "other, .example", {{"", "proxy", "http://q"}}, ""},
      {"http://p", "*.example", {}, ""},
      {"http://p", "*", {}, ""},
      {"http://p", "example", {}, ""},
      {"http://p", "ample", {}, "http://p"},
      {"http://p", "h.example:443", {}, ""},
      {"http://p", "h.example:8443", {}, "http://p"},
  };
  for (const auto& row : table) {
    CAPTURE(row.proxy);
    CAPTURE(row.no_proxy);
    const GitNetworkSettings settings{.proxy = row.environment, .no_proxy = row.no_proxy};
    CHECK(REQUIRE_OK(find_proxy(settings, {.http = row.config}, url_of("https://h.example/a"))) == row.proxy);
  }
}

TEST_CASE("a proxy of another kind is refused, and its password not shown") {
  for (const std::string proxy : {"socks5://u:secret@p:1080", "https://u:secret@p"}) {
    const auto refused = find_proxy({.proxy = proxy}, {}, url_of("https://h.example/a"));
    CHECK_ERROR(refused, Code::kBadSetting, "only proxies at http://");
    CHECK(!refused.error().message.contains("secret"));
  }
}

TEST_CASE("certificates are those of GIT_SSL_CAINFO, then of the Git configuration, then of SSL_CERT_FILE") {
  const GitUrl url = url_of("https://h.example/a");
  const GitConfig config{.http = {{"", "sslcainfo", "~/ca"}}};
  GitNetworkSettings settings{.home = "/home/me", .ca_file = "/system", .ca_directory = "/systems"};
  CHECK(find_authorities(settings, {}, url).file == "/system");
  CHECK(find_authorities(settings, {}, url).directory == "/systems");
  CHECK(find_authorities(settings, config, url).file == "/home/me/ca");
  CHECK(find_authorities(settings, config, url).directory.empty());
  settings.git_ca_file = "/git";
  CHECK(find_authorities(settings, config, url).file == "/git");
}

TEST_CASE("asking not to check certificates is noticed in all its spellings") {
  const GitUrl url = url_of("https://h.example/a");
  for (const std::string no : {"false", "no", "off", "0", ""}) {
    CHECK(asks_for_no_verification({}, {.http = {{"", "sslverify", no}}}, url));
  }
  CHECK(!asks_for_no_verification({}, {.http = {{"", "sslverify", "true"}}}, url));
  CHECK(!asks_for_no_verification({}, {.http = {{"https://other/", "sslverify", "false"}}}, url));
  CHECK(asks_for_no_verification({.no_verification = true}, {}, url));
}

// CVE-2021-3115, CVE-2022-24826
TEST_CASE("a program is found in absolute directories only, where it can be run") {
  const test::TempDirectory temp;
  for (const std::string place : {"first/git", "second/git"}) {
    REQUIRE_OK(io::disk().make_directories(io::directory_of(temp / place)));
    REQUIRE_OK(io::disk().write_new(temp / place, "", place.starts_with("first") ? 0644 : 0755));
  }
  const std::string first = temp / "first";
  const std::string second = temp / "second";
  CHECK(find_program(io::disk(), first + ":" + second, "git") == second + "/git");
  CHECK(find_program(io::disk(), ".::relative:" + first, "git").empty());
  CHECK(find_program(io::disk(), temp.path(), "second").empty());
  CHECK(find_program(io::disk(), "", "git").empty());
}
