#include "core/goproxy/go_login.hpp"

#include <fmt/format.h>

#include "tests/support/check.hpp"
#include "tests/support/memory_file_system.hpp"

namespace modtool::goproxy {
namespace {

// "machine|user|password" for each.
std::vector<std::string> read(std::string_view text) {
  std::vector<std::string> shown;
  for (const auto& [machine, login] : parse_go_netrc(text)) {
    shown.push_back(fmt::format("{}|{}|{}", machine, login.user, login.password));
  }
  return shown;
}

std::string found(std::string_view text, std::string_view url) {
  const auto login = find_go_login(parse_go_netrc(text), url);
  return login ? login->user : "";
}

}  // namespace

TEST_CASE("a netrc file is read as go reads it") {
  struct {
    const char* name;
    std::string text;
    std::vector<std::string> read;
  } const rows[] = {
      {"on one line and on several",
       "machine a login x password y\nmachine b\n  login z\n  password w\n",
       {"a|x|y", "b|z|w"}},
      {"in any order", "machine a password y login x\n", {"a|x|y"}},
      {"an entry without a name", "machine a password y\nmachine b login x\n", {}},
      {"quotation marks are part of a word", "machine a login \"x\" password \"y\"\n", {"a|\"x\"|\"y\""}},
      {"words that mean nothing", "machine a account q login x port 1 password y\n", {"a|x|y"}},
      {"the default", "default login x password y\n", {}},
      {"what stands behind the default on a line of its own", "default\nmachine a login x password y\n", {}},
      {"macros", "macdef m\nmachine a login x password y\n\nmachine b login x password y\n", {"b|x|y"}},
      {"a word without a value", "machine a login x password\ny\n", {}},
      {"nothing", "", {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    CHECK(read(row.text) == row.read);
  }
}

TEST_CASE("a login is for the machine that a URL begins with, port included") {
  const std::string text =
      "machine h login host password p\nmachine h:8443 login port password p\nmachine h/deep/er login deep password p\n"
      "machine h login second password p\nmachine https://full/ login full password p\n";
  struct {
    std::string url, user;
  } const rows[] = {
      {"https://h/a/@v/list", "host"}, {"https://h", "host"},
      {"https://h:8443/a", "port"},    {"https://h:443/a", ""},
      {"https://h/deep/er/a", "deep"}, {"https://h/deep/error", "host"},
      {"https://x.h/a", ""},           {"https://hh/a", ""},
      {"https://full/a", "full"},      {"https://elsewhere/h/deep/er", ""},
  };
  for (const auto& row : rows) {
    CAPTURE(row.url);
    CHECK(found(text, row.url) == row.user);
  }
}

TEST_CASE("GOAUTH says whether netrc is asked, and what of it is refused") {
  test::MemoryFileSystem files;
  files.add("/netrc", "machine h login me password p\n");
  const auto ask = [&](const std::string& methods) {
    return make_go_logins({.methods = methods, .netrc = "/netrc"}, files)("https://h/a");
  };
  const io::HttpLogin login{.user = "me", .password = "p"};
  CHECK(REQUIRE_OK(ask("")) == login);
  CHECK(REQUIRE_OK(ask(" netrc ; netrc")) == login);
  CHECK(REQUIRE_OK(ask("off")) == std::nullopt);
  CHECK_ERROR(ask("netrc;"), Code::kBadSetting, "GOAUTH encountered an empty command (GOAUTH=netrc;)");
  CHECK_ERROR(ask("netrc;off"), Code::kBadSetting,
              "GOAUTH=off cannot be combined with other authentication commands (GOAUTH=netrc;off)");
  CHECK_ERROR(ask("git /work"), Code::kNotSupported, "logins by \"git\" are not supported yet");
  const auto none = make_go_logins({.methods = "", .netrc = "/absent"}, files);
  CHECK(REQUIRE_OK(none("https://h/a")) == std::nullopt);
}

}  // namespace modtool::goproxy
