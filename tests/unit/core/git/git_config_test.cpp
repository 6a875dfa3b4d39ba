#include "core/git/git_config.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include "core/io/file_system.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

using namespace modtool;
using namespace modtool::git;

namespace {

std::string write(const std::string& path, const std::string& text) {
  REQUIRE_OK(io::disk().write_atomic(path, text));
  return path;
}

}  // namespace

TEST_CASE("url rewrites come from the files given, and what they include") {
  const test::TempDirectory home;
  write(home / "more", "[url \"git@h.example:\"]\n  insteadOf = https://h.example/\n");
  const auto first =
      write(home / "first", "[URL \"/mirror/\"]\n\tinsteadof = https://GitHub.com/\n[include]\n path = ~/more\n");
  const auto config = REQUIRE_OK(load_git_config({.files = {first, home / "absent"}, .home = home.path()}));
  CHECK(config.rewrites ==
        std::vector<GitRewrite>{{"/mirror/", "https://GitHub.com/"}, {"git@h.example:", "https://h.example/"}});
}

TEST_CASE("nothing but the files given is read") {
  const test::TempDirectory home;
  write(home / ".gitconfig", "[url \"/x\"]\n insteadOf = /y\n");
  CHECK(REQUIRE_OK(load_git_config({.files = {}, .home = home.path()})).rewrites.empty());
}

TEST_CASE("a configuration that cannot be parsed is an error that names the file") {
  const test::TempDirectory home;
  const auto file = write(home / "config", "[url \"/x\n");
  CHECK_ERROR(load_git_config({.files = {file}, .home = ""}), Code::kBadSetting, "config");
}

TEST_CASE("a configuration that is a pipe or huge is refused and not waited for") {
  const test::TempDirectory home;
  REQUIRE(::mkfifo((home / "pipe").c_str(), 0600) == 0);
  CHECK_ERROR(load_git_config({.files = {home / "pipe"}, .home = ""}), Code::kBadSetting, "pipe: not a regular file");
  const auto huge = write(home / "huge", "");
  REQUIRE(::truncate(huge.c_str(), 3LL << 30) == 0);
  CHECK_ERROR(load_git_config({.files = {huge}, .home = ""}), Code::kBadSetting, "huge: more than 16777216 bytes");
  REQUIRE_OK(load_git_config({.files = {"/dev/null"}, .home = ""}));
}

TEST_CASE("the longest prefix that fits is replaced, once") {
  const GitConfig config = {
      {{"/short/", "https://h/"}, {"/long/", "https://h/a/"}, {"https://h/a/", "/short/"}, {"x", ""}}};
  CHECK(apply_rewrites(config, "https://h/b") == "/short/b");
  CHECK(apply_rewrites(config, "https://h/a/b") == "/long/b");
  CHECK(apply_rewrites(config, "https://other/a") == "https://other/a");
  CHECK(apply_rewrites({}, "https://h/b") == "https://h/b");
}

TEST_CASE("settings of https are read, those of one URL with it") {
  const test::TempDirectory home;
  const auto file = write(home / "config",
                          "[http]\n proxy = p\n sslVerify\n postBuffer = 1\n[http \"https://H.example/a\"]\n "
                          "sslCAInfo = /ca\n[remote \"x\"]\n proxy = q\n");
  const auto config = REQUIRE_OK(load_git_config({.files = {file}, .home = ""}));
  CHECK(config.http == std::vector<GitHttpSetting>{
                           {"", "proxy", "p"}, {"", "sslverify", "true"}, {"https://H.example/a", "sslcainfo", "/ca"}});
}

TEST_CASE("of several settings for a URL the one that fits best holds, and of those the last") {
  struct Row {
    std::vector<std::pair<std::string, std::string>> settings;  // URL and value
    std::string url;
    std::optional<std::string> value;
  };
  const std::vector<Row> table = {
      {{{"", "any"}}, "https://h.example/a", "any"},
      {{{"", "1"}, {"", "2"}}, "https://h.example/a", "2"},
      {{{"https://h.example", "here"}, {"", "any"}}, "https://h.example/a", "here"},
      {{{"https://h.example/a", "deep"}, {"https://h.example/", "here"}}, "https://h.example/a/b", "deep"},
      {{{"https://h.example/a", "deep"}}, "https://h.example/ab", std::nullopt},
      {{{"https://me@h.example/", "here"}}, "https://h.example/a", "here"},
      {{{"https://*.example/", "star"}}, "https://h.example/a", "star"},
      {{{"https://*.example/", "star"}}, "https://x.h.example/a", std::nullopt},
      {{{"https://*.example/a", "star"}, {"https://h.example", "here"}}, "https://h.example/a", "here"},
      {{{"https://h.example:443/", "here"}}, "https://h.example/a", "here"},
      {{{"https://h.example:8443/", "there"}}, "https://h.example/a", std::nullopt},
      {{{"https://h.example/", "here"}}, "https://h.example:8443/a", std::nullopt},
      {{{"http://h.example/", "clear"}}, "https://h.example/a", std::nullopt},
      {{{"https://evil-h.example/", "evil"}}, "https://h.example/a", std::nullopt},
  };
  for (const auto& row : table) {
    CAPTURE(row.url);
    GitConfig config;
    for (const auto& [url, value] : row.settings) config.http.push_back({url, "proxy", value});
    CHECK(http_setting(config, "proxy", REQUIRE_OK(parse_git_url(row.url))) == row.value);
    CHECK(!http_setting(config, "sslcainfo", REQUIRE_OK(parse_git_url(row.url))));
  }
}

TEST_CASE("entries from elsewhere overrule the files, and what is wrong with them is said when they are asked for") {
  GitConfigFiles files{.entries = {{"URL.https://Mirror/.InsteadOf", "https://h/"},
                                   {"http.PROXY", "http://p"},
                                   {"http.https://h/x.Proxy", "http://q"},
                                   {"user.name", "me"},
                                   {"url.insteadOf", "x"},
                                   {"nothing", ""}}};
  const auto config = REQUIRE_OK(load_git_config(files));
  CHECK(config.rewrites == std::vector<GitRewrite>{{"https://Mirror/", "https://h/"}});
  CHECK(http_setting(config, "proxy", REQUIRE_OK(parse_git_url("https://h/a"))) == "http://p");
  CHECK(http_setting(config, "proxy", REQUIRE_OK(parse_git_url("https://h/x/a"))) == "http://q");
  files.problem = "GIT_CONFIG_COUNT: \"x\" is no number";
  CHECK_ERROR(load_git_config(files), Code::kBadSetting, "is no number");
}

TEST_CASE("what git hands on of its -c is read in both of its ways to quote") {
  struct Row {
    std::string_view text;
    std::vector<GitConfigEntry> entries;
  };
  const std::vector<Row> table = {
      {"", {}},
      {"'a.b=1'", {{"a.b", "1"}}},
      {"'a.b'='1'", {{"a.b", "1"}}},
      {"'a.b=1'  'c.d'='2'\t'e.f=3' ", {{"a.b", "1"}, {"c.d", "2"}, {"e.f", "3"}}},
      {"'a.b' 'c.d'= 'e.f='", {{"a.b", std::nullopt}, {"c.d", std::nullopt}, {"e.f", ""}}},
      {"'url.https://h/?x=y.insteadOf'='z'", {{"url.https://h/?x=y.insteadOf", "z"}}},
      {"'url.https://h/?x=y.insteadOf=z'", {{"url.https://h/?x", "y.insteadOf=z"}}},  // why the other way was made
      {R"('a.b'='it'\''s'\!' so')", {{"a.b", "it's! so"}}},
      {"' a.b =1'", {{"a.b", "1"}}},
  };
  for (const auto& row : table) {
    CAPTURE(row.text);
    CHECK(REQUIRE_OK(parse_git_parameters(row.text)) == row.entries);
  }
}

TEST_CASE("what git calls bogus of its parameters is refused") {
  for (const auto* text : {"a.b=1", "'a.b", "'a.b=1''c.d=2'", " 'a.b=1'", "''", "'=1'", "''='1'", "'a.b'=1", "'a.b'='1",
                           "'a.b'='1'x", "'a.b' = '1'", "'a.b'='1'='2'", R"('a.b=1'\)", R"('a.b=1'\x'')"}) {
    CAPTURE(text);
    CHECK_ERROR(parse_git_parameters(text), Code::kBadSetting, "GIT_CONFIG_PARAMETERS: bogus format");
  }
}

TEST_CASE("a key without a value is true, and no rewrite") {
  const GitConfigFiles files{.entries = {{"http.sslVerify", std::nullopt}, {"url.https://h/.insteadOf", std::nullopt}}};
  const auto config = REQUIRE_OK(load_git_config(files));
  CHECK(http_setting(config, "sslverify", REQUIRE_OK(parse_git_url("https://h/a"))) == "true");
  CHECK(config.rewrites.empty());
}

TEST_CASE("headers are sent that fit no worse than one before them, and an empty one takes all back") {
  const auto headers = [](std::vector<GitHttpSetting> settings, std::string_view url) {
    const GitConfig config{.http = std::move(settings)};
    return extra_headers(config, REQUIRE_OK(parse_git_url(url, PlainUrls::kTaken)));
  };
  using Headers = std::vector<std::string>;
  const GitHttpSetting all{"", "extraheader", "A: 1"};
  const GitHttpSetting host{"https://h/", "extraheader", "B: 2"};
  const GitHttpSetting none{"https://h/", "extraheader", ""};
  const GitHttpSetting other{"https://other/", "extraheader", "C: 3"};
  const GitHttpSetting plain{"http://h/", "extraheader", "D: 4"};
  CHECK(headers({all, host, other, plain}, "https://h/a") == Headers{"A: 1", "B: 2"});
  CHECK(headers({host, all}, "https://h/a") == Headers{"B: 2"});
  CHECK(headers({all, none, host}, "https://h/a") == Headers{"B: 2"});
  CHECK(headers({all, host, plain}, "http://h/a") == Headers{"A: 1", "D: 4"});
  CHECK(headers({{"", "proxy", "http://p"}}, "https://h/a").empty());
}

TEST_CASE("credential helpers are named by their first word, those that git would run for a URL") {
  const test::TempDirectory home;
  const auto file = write(home / "config",
                          "[credential]\n helper = store --file secret\n"
                          "[credential \"https://h/a\"]\n helper = !echo secret\n"
                          "[credential \"https://other\"]\n helper = \n helper = cache\n");
  const auto config = REQUIRE_OK(load_git_config(
      {.files = {file}, .entries = {{"credential.helper", "late"}, {"credential.username", "me"}}, .home = ""}));
  CHECK(config.helpers == std::vector<GitHelper>{{"", "store --file secret"},
                                                 {"https://h/a", "!echo secret"},
                                                 {"https://other", ""},
                                                 {"https://other", "cache"},
                                                 {"", "late"}});
  using Names = std::vector<std::string>;
  const auto names = [&](const char* url) { return helper_names(config, REQUIRE_OK(parse_git_url(url))); };
  CHECK(names("https://h/a/b") == Names{"store …", "a command for the shell", "late"});
  CHECK(names("https://h/b") == Names{"store …", "late"});
  CHECK(names("https://other/x") == Names{"cache", "late"});
}
