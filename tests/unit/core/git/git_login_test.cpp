#include "core/git/git_login.hpp"

#include "core/base/cancellation.hpp"
#include "core/git/git_network_settings.hpp"
#include "core/git/git_url.hpp"
#include "tests/support/check.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::git {
namespace {

// A `git` that writes down what it is asked, and answers as one that knows a login.
struct Helper {
  Helper() {
    REQUIRE_OK(io::disk().write_new(place / "git",
                                    "#!/bin/sh\n{ echo \"$*\"; /bin/cat; } >> " + (place / "asked") +
                                        "\necho username=somebody\necho password=secret\n",
                                    0777));
    settings.search_path = place.path();
  }

  GitLogins logins() { return {settings, io::disk(), cancellation}; }
  std::string asked() const { return io::disk().read(place / "asked").or_nothing().value_or(""); }

  test::TempDirectory place;
  GitNetworkSettings settings{.environment = {"PATH=/usr/bin:/bin"}};
  Cancellation cancellation;
};

GitUrl url_of(const std::string& text) { return REQUIRE_OK(parse_git_url(text)); }

TEST_CASE("a helper is asked about the host, the path, and the user where the URL names one") {
  const struct {
    std::string url;
    std::string asked;
  } rows[] = {
      {"https://h.org/a/b", "protocol=https\nhost=h.org\npath=a/b\n\n"},
      {"https://me@h.org/a/b", "protocol=https\nhost=h.org\npath=a/b\nusername=me\n\n"},
      {"https://me@h.org:8443/a/b", "protocol=https\nhost=h.org:8443\npath=a/b\nusername=me\n\n"},
  };
  for (const auto& [url, asked] : rows) {
    CAPTURE(url);
    Helper helper;
    const auto login = REQUIRE_OK(helper.logins().find(url_of(url), LoginPlace::kHelper));
    REQUIRE(login.has_value());
    CHECK(login->credential.user == "somebody");
    CHECK(login->credential.password == "secret");
    CHECK(helper.asked() == "-C / credential fill\n" + asked);
  }
}

TEST_CASE("a helper is told how its login was taken, and nobody else's") {
  Helper helper;
  auto logins = helper.logins();
  const auto login = REQUIRE_OK(logins.find(url_of("https://h.org/a"), LoginPlace::kHelper));
  logins.report(*login, true);
  logins.report(*login, false);
  CHECK(
      helper.asked().ends_with("-C / credential approve\nusername=somebody\npassword=secret\n\n"
                               "-C / credential reject\nusername=somebody\npassword=secret\n\n"));
  const auto before = helper.asked();
  logins.report({.credential = {"a", "b"}, .place = LoginPlace::kNetrc, .reply = {}}, false);
  CHECK(helper.asked() == before);
}

TEST_CASE("netrc is asked for the host and the user") {
  Helper helper;
  REQUIRE_OK(io::disk().write_new(helper.place / "netrc",
                                  "machine h.org login one password 1\nmachine h.org login two password 2\n"));
  helper.settings.netrc = helper.place / "netrc";
  auto logins = helper.logins();
  CHECK(REQUIRE_OK(logins.find(url_of("https://h.org/a"), LoginPlace::kNetrc))->credential.password == "1");
  CHECK(REQUIRE_OK(logins.find(url_of("https://two@h.org/a"), LoginPlace::kNetrc))->credential.password == "2");
  CHECK(!REQUIRE_OK(logins.find(url_of("https://i.org/a"), LoginPlace::kNetrc)).has_value());
  CHECK(helper.asked().empty());
}

TEST_CASE("a login in the URL is one where it has a password") {
  CHECK(!login_of_url(url_of("https://me@h.org/a")).has_value());
  const auto login = login_of_url(url_of("https://me:secret@h.org/a"));
  REQUIRE(login.has_value());
  CHECK(login->credential.user == "me");
  CHECK(login->credential.password == "secret");
}

TEST_CASE("programs are found in the absolute directories of a search path alone") {
  const Helper helper;
  const auto& directory = helper.place.path();
  CHECK(find_program(io::disk(), "/nowhere:" + directory, "git") == directory + "/git");
  CHECK(find_program(io::disk(), ".:" + directory.substr(1), "git").empty());
  REQUIRE_OK(io::disk().set_mode(directory + "/git", 0644));
  CHECK(find_program(io::disk(), directory, "git").empty());
}

}  // namespace
}  // namespace modtool::git
