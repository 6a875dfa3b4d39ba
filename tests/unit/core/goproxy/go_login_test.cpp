#include "core/goproxy/go_login.hpp"

#include "core/goproxy/login_table.hpp"
#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"
#include "tests/support/recording_reporter.hpp"

namespace modtool::goproxy {
namespace {

const io::HttpHeaders kMine = {io::basic_login({.user = "me", .password = "p"})};

struct Logins {
  test::MemoryFileSystem files;
  test::RecordingReporter reporter;
  Cancellation cancellation;

  std::shared_ptr<io::HttpLogins> make(const GoAuth& auth) {
    return make_go_logins(auth, {files, reporter, cancellation});
  }
  Result<std::optional<io::HttpCredential>> find(const std::string& methods, const std::string& netrc = "/netrc") {
    return make({.methods = methods, .netrc = netrc})->find("https://h/a");
  }
};

}  // namespace

TEST_CASE("a login is for the machine that a URL begins with, port included") {
  LoginTable table;
  for (const std::string prefix : {"h", "h:8443", "h/deep/er", "https://full/"}) {
    table.keep({.prefix = prefix, .headers = {{"Who", prefix}}}, "");
  }
  struct {
    std::string url, prefix;
  } const rows[] = {
      {"https://h/a/@v/list", "h"},
      {"https://h", "h"},
      {"https://h:8443/a", "h:8443"},
      {"https://h:443/a", ""},
      {"https://h/deep/er/a", "h/deep/er"},
      {"https://h/deep/error", "h"},
      {"https://x.h/a", ""},
      {"https://hh/a", ""},
      {"https://full/a", "full"},
      {"https://elsewhere/h/deep/er", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.url);
    const auto* const found = table.find(row.url);
    CHECK((found != nullptr ? found->credential.prefix : "") == row.prefix);
  }
  table.keep({.prefix = "h/", .headers = {}}, "");
  CHECK(table.find("https://h/a") == nullptr);
}

TEST_CASE("GOAUTH says whether netrc is asked, and what of it is refused") {
  Logins logins;
  logins.files.add("/netrc", "machine h login me password p\nmachine h login you password q\n");
  logins.files.add("/file", "");
  const io::HttpCredential mine{.prefix = "h", .headers = kMine};
  CHECK(REQUIRE_OK(logins.find("")) == mine);
  CHECK(REQUIRE_OK(logins.find(" netrc ; netrc")) == mine);
  CHECK(REQUIRE_OK(logins.find("off")) == std::nullopt);
  CHECK(REQUIRE_OK(logins.find("", "/absent")) == std::nullopt);
  struct {
    std::string methods, part;
  } const refused[] = {
      {"netrc;", "GOAUTH encountered an empty command (GOAUTH=netrc;)"},
      {"netrc;off", "GOAUTH=off cannot be combined with other authentication commands (GOAUTH=netrc;off)"},
      {"give --token secret;off", "other authentication commands (GOAUTH=give …;off)"},
      {"git", "GOAUTH=git dir method requires an absolute path to the git working directory"},
      {"git work", "working directory, dir is not absolute"},
      {"git /absent", "GOAUTH=git encountered an error; cannot stat /absent: stat /absent: no such file or directory"},
      {"git /file", "working directory, dir is not a directory"},
  };
  for (const auto& row : refused) {
    CAPTURE(row.methods);
    CHECK_ERROR(logins.find(row.methods), Code::kBadSetting, row.part);
  }
}

TEST_CASE("what would give a login is told without running a program") {
  Logins logins;
  logins.files.add("/netrc", "machine h/a login me password p\n");
  const GoAuth auth{.methods = "netrc; git / ;give --token secret", .netrc = "/netrc"};
  const auto sources = REQUIRE_OK(find_login_sources(auth, logins.files, "https://h/a/b"));
  CHECK(sources.machine == "h/a");
  CHECK(sources.programs == std::vector<std::string>{"GOAUTH=git /", "GOAUTH=give …"});
  CHECK(REQUIRE_OK(find_login_sources({.netrc = "/netrc"}, logins.files, "https://h/b")).machine == "");
}

}  // namespace modtool::goproxy
