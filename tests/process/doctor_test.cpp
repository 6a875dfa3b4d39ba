// `modtool doctor --online` against real servers, and that without it nobody is asked.
#include <doctest/doctest.h>

#include <filesystem>

#include "core/base/text.hpp"
#include "tests/process/git_project.hpp"
#include "tests/process/https_setting.hpp"
#include "tests/support/cutting_relay.hpp"
#include "tests/support/files.hpp"
#include "tests/support/https_git_server.hpp"
#include "tests/support/loopback_server.hpp"

using namespace modtool::test;

namespace fs = std::filesystem;

namespace {

ServerReply dated(const std::string& date) { return {.body = "v1.0.0\n", .headers = {{"Date", date}}}; }

}  // namespace

TEST_CASE("doctor asks nobody and runs nothing, unless it is told to") {
  const LoopbackServer server([](const std::string&) { return ServerReply{.body = "v1.0.0\n"}; });
  HttpsSetting setting;
  const std::string ran = setting.home() + "/ran";
  const std::string tool = setting.home() + "/tool";
  write_file(tool, "#!/bin/sh\ntouch " + ran + "\n");
  fs::permissions(tool, fs::perms::owner_all);
  setting.environment["GOAUTH"] = tool + " s3cret";
  for (const std::vector<std::string>& words :
       {std::vector<std::string>{"doctor"}, {"doctor", "--json"}, {"doctor", "-x", "-v"}}) {
    const auto outcome =
        setting.run(words, server.url() + ",https://localhost:" + std::to_string(setting.server.port()));
    CAPTURE(outcome.out + outcome.err);
    CHECK(outcome.status == 0);
    CHECK(!outcome.out.contains("s3cret"));
  }
  CHECK(server.connections() == 0);
  CHECK(setting.server.requests().empty());
  CHECK(!fs::exists(ran));
  CHECK(!fs::exists(setting.home() + "/.cache"));
}

TEST_CASE("online each proxy is asked once, with the login that a run would have") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const std::string place = "localhost:" + std::to_string(setting.server.port());
  const std::string locked = setting.server.url() + "locked";
  const std::string netrc = setting.home() + "/.netrc";

  const auto refused = setting.run({"doctor", "--online"}, locked);
  CAPTURE(refused.out);
  CHECK(refused.status == 1);
  CHECK(refused.out.contains("MT5002 " + locked + " answers 401 Unauthorized\n"));
  CHECK(refused.out.contains("GOAUTH=netrc: " + netrc + " has no login for it\n"));

  write_file(netrc, "machine " + place + " login me password s3cret/word\n");
  fs::permissions(netrc, fs::perms::owner_read | fs::perms::owner_write);
  const auto taken = setting.run({"doctor", "--online"}, locked + "," + setting.server.url() + "files/none");
  CAPTURE(taken.out);
  CHECK(taken.status == 0);
  CHECK(taken.out.contains(locked + " answers 200 OK\n        the login that GOAUTH=netrc (" + netrc + ") has for " +
                           place + " was shown\n"));
  CHECK(taken.out.contains("[!] MT5001 " + setting.server.url() +
                           "files/none answers 404 Not Found: it does not have example.com/a\n"));
  CHECK(!taken.out.contains("s3cret"));
  wait_until([&] { return setting.server.requests().contains("/files/none/"); });
  CHECK(modtool::split_lines(setting.server.requests()).size() == 3);  // one of each look, and the login unasked
}

TEST_CASE("online the programs of GOAUTH are run, and a login of theirs is taken") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const std::string tool = setting.home() + "/tool";
  write_file(tool,
             "#!/bin/sh\nprintf '" + setting.server.url() + "\\n\\nAuthorization: Basic bWU6czNjcmV0L3dvcmQ=\\n\\n'\n");
  fs::permissions(tool, fs::perms::owner_all);
  setting.environment["GOAUTH"] = tool;
  const auto outcome = setting.run({"doctor", "--online"}, setting.server.url() + "locked");
  CAPTURE(outcome.out);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.contains("locked answers 200 OK\n        the login that GOAUTH=" + tool + " has for "));
  CHECK(!outcome.out.contains("bWU6"));
}

TEST_CASE("online a server that does not answer or cannot be trusted is a problem, asked once") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  setting.authority.sign("expired", -1);
  const HttpsGitServer expired(setting.project.proxy(), setting.authority, {.certificate = "expired"});
  const CuttingRelay relay(setting.server.port(), 100);
  const std::string cut = "https://localhost:" + std::to_string(relay.port());
  const auto outcome = setting.run({"doctor", "--online"}, cut + "|" + expired.url() + "files|http://127.0.0.1:1");
  CAPTURE(outcome.out);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.contains("MT5015 "));
  CHECK(outcome.out.contains("MT5011 "));
  CHECK(outcome.out.contains("x509: certificate has expired or is not yet valid"));
  CHECK(outcome.out.contains("MT5003 "));
  CHECK(relay.connections() == 1);
}

TEST_CASE("online the clock is held against the server's") {
  const LoopbackServer past([](const std::string&) { return dated("Sun, 06 Nov 1994 08:49:37 GMT"); });
  const LoopbackServer future([](const std::string&) { return dated("Fri, 06 Nov 2195 08:49:37 GMT"); });
  const LoopbackServer broken([](const std::string&) { return dated("yesterday"); });
  const HttpsSetting setting;
  const auto outcome = setting.run({"doctor", "--online"}, past.url() + "," + future.url() + "," + broken.url());
  CAPTURE(outcome.out);
  CHECK(outcome.status == 0);
  CHECK(outcome.out.contains(" days ahead of that of a server, " + past.url().substr(7) + "\n"));
  CHECK(outcome.out.contains(" days behind that of a server, " + future.url().substr(7) + "\n"));
  CHECK(!outcome.out.contains("that of a server, " + broken.url().substr(7)));
  CHECK(past.requests().size() == 1);
}

TEST_CASE("online a repository's references are asked for, with a login of netrc or of a helper, named before") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  const std::string place = "https://localhost:" + std::to_string(server.port());
  project.environment["SSL_CERT_FILE"] = authority.file();
  project.write_home("helper",
                     "#!/bin/sh\ntouch $HOME/ran\n[ \"$1\" = get ] && printf 'username=me\\npassword=s3cret/word\\n'\n",
                     0700);
  project.lead_to(server.url() + "private/", "[credential]\n\thelper = " + project.home() + "/helper\n");

  const auto before = project.run({"doctor"});
  CAPTURE(before.out);
  CHECK(before.status == 0);
  CHECK(before.out.contains("[✓] 1 module: " + place + "\n"));
  CHECK(before.out.contains("`git credential` with " + project.home() + "/helper\n"));
  CHECK(server.requests().empty());
  CHECK(!fs::exists(project.home() + "/ran"));

  const auto helped = project.run({"doctor", "--online"});
  CAPTURE(helped.out);
  CHECK(helped.status == 0);
  CHECK(helped.out.contains("[✓] " + place + " answers\n"));
  CHECK(fs::exists(project.home() + "/ran"));
  CHECK(project.lock().empty());

  project.lead_to(server.url() + "private/");
  const auto refused = project.run({"doctor", "--online"});
  CAPTURE(refused.out);
  CHECK(refused.status == 1);
  CHECK(refused.out.contains("[✗] MT5012 "));
  CHECK(!(before.out + helped.out + refused.out).contains("s3cret"));
}

TEST_CASE("online a server of archives, and a proxy without a module to ask for, need only be there") {
  const LoopbackServer forbidding([](const std::string&) { return ServerReply{.status = 403, .reason = "Forbidden"}; });
  const LoopbackServer broken([](const std::string&) { return ServerReply{.status = 503, .reason = "Down"}; });
  HttpsSetting setting;
  write_file(setting.project.root() + "/go.mod", "module example.com/m\n");
  const auto outcome = setting.run({"doctor", "--online"}, forbidding.url() + "," + broken.url());
  CAPTURE(outcome.out);
  CHECK(outcome.status == 1);
  CHECK(outcome.out.contains("[✓] " + forbidding.url() + " answers 403 Forbidden\n"));
  CHECK(outcome.out.contains("[✗] MT5004 " + broken.url() + " answers 503 Down\n"));
  CHECK(broken.requests().size() == 1);

  if (!has_https_git()) return;
  write_file(setting.project.root() + "/modtool.json",
             R"({"schema": 1, "module": "example.com/n", "require": {"example.com/o/x": "v1.0.0"},
                 "describe": {"example.com/o/x": {"archive": ")" +
                 setting.server.url() + R"(forbidden/x-{version}.tar"}}, "vendor": {"dir": "native/vendor"}})");
  const auto native = setting.run({"doctor", "--online", "--dialect=native"}, "off");
  CAPTURE(native.out);
  CHECK(native.status == 0);
  CHECK(native.out.contains("https://localhost:" + std::to_string(setting.server.port()) + ", for archives\n"));
  CHECK(native.out.contains("https://localhost:" + std::to_string(setting.server.port()) + " answers "));
}
