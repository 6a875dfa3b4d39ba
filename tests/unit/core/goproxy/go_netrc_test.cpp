#include "core/goproxy/go_netrc.hpp"

#include <fmt/format.h>

#include "tests/support/check.hpp"

namespace modtool::goproxy {
namespace {

// "machine|user|password" for each.
std::vector<std::string> read(std::string_view text, LonePasswords lone = LonePasswords::kPassOver) {
  std::vector<std::string> shown;
  for (const auto& [machine, login] : parse_go_netrc(text, lone)) {
    shown.push_back(fmt::format("{}|{}|{}", machine, login.user, login.password));
  }
  return shown;
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

TEST_CASE("a password without a name counts where it is asked for, for the machine that it stands with") {
  struct {
    std::string text;
    std::vector<std::string> read;
  } const rows[] = {
      {"machine a password y\n", {"a||y"}},
      {"machine a password y\nmachine b login x password z\n", {"a||y", "b|x|z"}},
      {"machine a\npassword y login x\n", {"a|x|y"}},
      {"password y\nmachine a login x\n", {}},
      {"machine a password y\ndefault\nmachine b password z\n", {"a||y"}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(read(row.text, LonePasswords::kTake) == row.read);
  }
}

TEST_CASE("what people may take for more than go does is told by line, without a word that may be a secret") {
  using Slips = std::vector<NetrcSlip>;
  constexpr auto* kUnknown = "neither machine, login, password, account nor macdef: go passes it over";
  constexpr auto* kNoPassword = "this machine has no password that go takes";
  constexpr auto* kNoLogin = "this machine has no login that go takes";
  constexpr auto* kDefault = "`default` is for other programs: go passes it over";
  struct {
    std::string text;
    Slips slips;
  } const rows[] = {
      {"machine a login x password y\n\n# machne\nmachine b\n login x\n password y\n", {}},
      {"machine a login x account z password y", {}},
      {"machine a login x password secret word\n", {{1, kUnknown}}},
      {"machne a login x password y\n", {{1, kUnknown}}},
      {"machine a\nlogin\nsecret\n",
       {{1, kNoPassword}, {2, "\"login\" has no value on its line: go passes it over"}, {3, kUnknown}}},
      {"login x password y\n", {{1, "\"login\" before the first machine"}}},
      {"machine a login x\nmachine b password y\n", {{1, kNoPassword}, {2, kNoLogin}}},
      {"machine a login x password \"se cret\"\n",
       {{1, "go takes quotation marks as they are, and a blank ends a value"}, {1, kNoPassword}}},
      {"machine a login x password y\ndefault login x password y\nmachine b\n", {{2, kDefault}, {3, kNoPassword}}},
      {"default\nmachine b\n", {{1, kDefault}}},
      {"macdef init\n\tput secret\n\nmachine b\n", {{4, kNoPassword}}},
      {"", {}},
  };
  for (const auto& row : rows) {
    CAPTURE(row.text);
    CHECK(find_netrc_slips(row.text) == row.slips);
  }
  CHECK(find_netrc_slips("machine a password y\n", LonePasswords::kTake).empty());
}

}  // namespace modtool::goproxy
