// Modules behind https, with a login: a real server on the loopback interface.
#include <doctest/doctest.h>

#include <cstdint>
#include <filesystem>
#include <vector>

#include "core/base/sha256.hpp"
#include "tests/process/git_project.hpp"
#include "tests/support/cutting_relay.hpp"
#include "tests/support/https_git_server.hpp"
#include "tests/support/oracle.hpp"

using namespace modtool::test;

namespace {

// "https://" + login + "localhost:1234/" + place
std::string with_login(const HttpsGitServer& server, const std::string& login, const std::string& place) {
  return "https://" + login + server.url().substr(std::string("https://").size()) + place;
}

// A helper of Git's that has a login, and writes down what it is asked and told.
std::string helper(const GitProject& project, const std::string& password) {
  project.write_home("helper",
                     "#!/bin/sh\necho \"$1\" >>$HOME/told\ncat >>$HOME/told\n[ \"$1\" = get ] && "
                     "printf 'username=me\\npassword=" +
                         password + "\\n'\nexit 0\n",
                     0700);
  return "[credential]\n\thelper = " + project.home() + "/helper\n";
}

void check_failed(const GitProject& project, const Outcome& outcome, const std::string& code, const std::string& part) {
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("error[" + code + "]: "));
  CHECK(outcome.err.contains(part));
  CHECK(!outcome.err.contains(HttpsGitServer::kPassword));
  CHECK(!outcome.err.contains("wrong"));
  CHECK(project.lock().empty());
  CHECK(project.unfinished().empty());
}

}  // namespace

TEST_CASE("a module behind https has the hash that it has on this machine, wherever the login is from") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const std::string expected = project.local_lock();
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  const std::string private_url = server.url() + "private/";
  struct Row {
    const char* name;
    std::string url;
    std::string more;  // of the Git configuration
    std::string netrc;
  };
  const Row rows[] = {
      {"no login", server.url() + "open/", "", ""},
      {"the URL's", with_login(server, "me:s3cret%2Fword@", "private/"), "", ""},
      {"netrc's", private_url, "",
       "machine other login x password y\nmachine localhost login me password s3cret/word\n"},
      {"netrc's without a name", with_login(server, "me@", "private/"), "", "machine localhost password s3cret/word\n"},
      {"a helper's", private_url, helper(project, "s3cret/word"), ""},
      {"a helper's, after netrc's was refused", private_url, helper(project, "s3cret/word"),
       "machine localhost login me password wrong\n"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    project.forget();
    project.lead_to(row.url, row.more);
    project.write_home(".netrc", row.netrc);
    const auto outcome = project.run({"tidy", "-x"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(project.lock() == expected);
    CHECK(!outcome.err.contains("s3cret"));
  }
}

TEST_CASE("a helper is told whether its login was taken, and asked for the one place") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  const std::string host = "protocol=https\nhost=localhost:" + std::to_string(server.port()) + "\n";

  project.lead_to(server.url() + "private/", helper(project, "wrong"));
  check_failed(project, project.run({"tidy"}), "MT5013", "the server refuses the login of `git credential`");
  CHECK(project.read_home("told").contains("get\n" + host));
  CHECK(project.read_home("told").contains("erase\n" + host + "username=me\npassword=wrong\n"));

  project.lead_to(server.url() + "private/", helper(project, "s3cret/word"));
  CHECK(project.run({"tidy"}).status == 0);
  CHECK(project.read_home("told").contains("store\n" + host + "username=me\npassword=s3cret/word\n"));
}

TEST_CASE("each way in which an https server refuses has its own error, and leaves nothing half-written") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  authority.sign("expired", -1);
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  const HttpsGitServer expired(project.base(), authority, {.certificate = "expired"});
  const std::string vouched = authority.file();
  const std::string closed = "https://localhost:" + std::to_string(refusing_port()) + "/";
  struct Row {
    const char* name;
    std::string url;
    std::string authorities;
    const char* code;
    std::string part;
  };
  const Row rows[] = {
      {"no login", server.url() + "private/", vouched, "MT5012",
       "asks for a login and there is none for localhost in " + project.home() + "/.netrc or `git credential`"},
      {"a wrong login", with_login(server, "me:wrong@", "private/"), vouched, "MT5013", "refuses the login of the URL"},
      {"an unknown authority", server.url() + "open/", "", "MT5011", "signed by nobody who is trusted here"},
      {"a certificate of the past", expired.url() + "open/", vouched, "MT5011", "has expired"},
      {"another name", server.url("127.0.0.1") + "open/", vouched, "MT5011", "is for another name"},
      {"nothing there", server.url() + "open/other/", vouched, "MT5001", "404"},
      {"forbidden", server.url() + "forbidden/", vouched, "MT5002", "403"},
      {"a broken server", server.url() + "broken/", vouched, "MT5004", "503"},
      {"a dead server", closed, vouched, "MT5003", "connection refused"},
      {"no authorities", server.url() + "open/", "/nonexistent.pem", "MT0004", "/nonexistent.pem"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.name);
    project.environment["SSL_CERT_FILE"] = row.authorities;
    project.lead_to(row.url);
    const auto outcome = project.run({"tidy"});
    if (std::string(row.code) == "MT0004") {
      CHECK(outcome.status == 2);
      CHECK(outcome.err.contains(row.part));
      continue;
    }
    check_failed(project, outcome, row.code, row.part);
  }
  project.environment["SSL_CERT_FILE"] = vouched;
  project.lead_to(server.url() + "open/");
  CHECK(project.run({"tidy"}).status == 0);
}

TEST_CASE("a login does not follow a redirect, neither to another host nor to another port") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  project.environment["SSL_CERT_FILE"] = authority.file();
  const HttpsGitServer target(project.base(), authority);
  const HttpsGitServer same_host(project.base(), authority, {.elsewhere = target.url() + "open"});
  const HttpsGitServer other_host(project.base(), authority, {.elsewhere = target.url("127.0.0.1") + "open"});
  for (const HttpsGitServer* const server : {&same_host, &other_host}) {
    project.lead_to(with_login(*server, "me:s3cret%2Fword@", "away/"));
    check_failed(project, project.run({"tidy"}), "MT5014", "the server sends on to another place");
    wait_until([&] { return server->requests().contains(" Basic "); });  // written down behind the reply
  }
  CHECK(target.requests().empty());
  // Without a login, it is followed.
  project.lead_to(same_host.url() + "away/");
  CHECK(project.run({"tidy"}).status == 0);
  CHECK(!target.requests().contains(" Basic "));
}

TEST_CASE("the Git configuration and the environment name who vouches for certificates") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  struct Row {
    const char* name;
    std::string more;  // of the Git configuration
    Environment environment;
    bool works;
  };
  const std::string good = authority.file();
  const std::string section = "[http]\n\tsslCAInfo = ";
  const std::string url_section = "[http \"" + server.url() + "\"]\n\tsslCAInfo = ";
  const std::string other_section = "[http \"https://localhost:1/\"]\n\tsslCAInfo = ";
  const Row rows[] = {
      {"http.sslCAInfo", section + good + "\n", {}, true},
      {"http.<url>.sslCAInfo", section + "/none\n" + url_section + good + "\n", {}, true},
      {"http.<other url>.sslCAInfo", other_section + good + "\n", {}, false},
      {"GIT_SSL_CAINFO", section + "/none\n", {{"GIT_SSL_CAINFO", good}}, true},
      {"SSL_CERT_DIR", "", {{"SSL_CERT_DIR", std::filesystem::path(good).parent_path()}}, true},
      {"http.sslVerify", "[http]\n\tsslVerify = false\n", {}, false},
      {"GIT_SSL_NO_VERIFY", "", {{"GIT_SSL_NO_VERIFY", "1"}}, false},
  };
  const Environment plain = project.environment;
  for (const auto& row : rows) {
    CAPTURE(row.name);
    project.forget();
    project.environment = plain;
    project.environment.insert(row.environment.begin(), row.environment.end());
    project.lead_to(server.url() + "open/", row.more);
    const auto outcome = project.run({"tidy"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == (row.works ? 0 : 5));
    const bool asked = std::string(row.name).contains("erify") || row.environment.contains("GIT_SSL_NO_VERIFY");
    CHECK(outcome.err.contains("warning: localhost: its certificate is checked") == asked);
  }
}

TEST_CASE("a proxy is gone through to the one server, and not where NO_PROXY names that") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  project.environment["SSL_CERT_FILE"] = authority.file();
  const HttpsGitServer server(project.base(), authority);
  const HttpsGitServer away(project.base(), authority, {.elsewhere = server.url() + "open"});
  const CuttingRelay proxy(CuttingRelay::kProxy);
  const std::string proxy_url = "http://127.0.0.1:" + std::to_string(proxy.port());
  const std::string place = "localhost:" + std::to_string(server.port());

  project.lead_to(with_login(server, "me:s3cret%2Fword@", "private/"), "[http]\n\tproxy = " + proxy_url + "\n");
  CHECK(project.run({"tidy"}).status == 0);
  CHECK(proxy.asked_for() == std::vector<std::string>(2, place));  // for the references, and for the commit
  project.forget();
  project.environment["NO_PROXY"] = "localhost";
  CHECK(project.run({"tidy"}).status == 0);
  CHECK(proxy.asked_for().size() == 2);
  project.environment.erase("NO_PROXY");
  project.forget();

  // A login that goes through a proxy does not follow a redirect either.
  project.environment["HTTPS_PROXY"] = proxy_url;
  project.lead_to(with_login(away, "me:s3cret%2Fword@", "away/"));
  check_failed(project, project.run({"tidy"}), "MT5014", "the server sends on to another place");
  CHECK(proxy.asked_for().size() == 3);
  CHECK(proxy.asked_for().back() == "localhost:" + std::to_string(away.port()));

  project.environment["HTTPS_PROXY"] = "http://127.0.0.1:" + std::to_string(refusing_port());
  check_failed(project, project.run({"tidy"}), "MT5003", "connection refused");
}

TEST_CASE("a program that asks gives the login, with and without a terminal") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  const std::string answer =
      "case $1 in Username*) echo me ;; *) echo '" + std::string(HttpsGitServer::kPassword) + "' ;; esac";
  project.write_home("ask", "#!/bin/sh\n" + answer + "\n", 0700);
  for (const std::string way : {"GIT_ASKPASS", "SSH_ASKPASS", "core.askPass", "none"}) {
    CAPTURE(way);
    project.forget();
    for (const auto* name : {"GIT_ASKPASS", "SSH_ASKPASS"}) project.environment.erase(name);
    if (way.contains('_')) project.environment[way] = project.home() + "/ask";
    const bool is_setting = way == "core.askPass";
    project.lead_to(server.url() + "private/", is_setting ? "[core]\n\taskPass = " + project.home() + "/ask\n" : "");
    const auto outcome = project.run({"tidy"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == (way == "none" ? 5 : 0));
  }
}

TEST_CASE("headers of the Git configuration go along, and to that server alone") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  const std::string login = std::string("me:") + HttpsGitServer::kPassword;
  const std::string base64 = modtool::to_base64(std::vector<std::uint8_t>(login.begin(), login.end()));
  const std::string header = "\textraHeader = \"Authorization: Basic " + base64 + "\"\n";
  project.lead_to(server.url() + "private/", "[http]\n" + header);
  CHECK(project.run({"tidy"}).status == 0);
  project.forget();
  project.lead_to(server.url() + "private/", "[http \"" + server.url() + "private\"]\n" + header);
  CHECK(project.run({"tidy"}).status == 0);
  project.forget();
  project.lead_to(server.url() + "private/", "[http \"https://elsewhere.example/\"]\n" + header);
  check_failed(project, project.run({"tidy"}), "MT5012", "asks for a login");
}

TEST_CASE("a certificate for an address holds for that address") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  project.environment["SSL_CERT_FILE"] = authority.file();
  authority.sign("address", 2, "DNS:elsewhere,IP:127.0.0.1");
  {
    const HttpsGitServer server(project.base(), authority, {.certificate = "address"});
    project.lead_to(server.url("127.0.0.1") + "open/");
    const auto outcome = project.run({"tidy"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    project.forget();
    project.lead_to(server.url() + "open/");
    check_failed(project, project.run({"tidy"}), "MT5011", "the server's certificate is for another name");
  }
  authority.sign("other", 2, "DNS:localhost,IP:127.0.0.2");
  const HttpsGitServer server(project.base(), authority, {.certificate = "other"});
  project.lead_to(server.url("127.0.0.1") + "open/");
  check_failed(project, project.run({"tidy"}), "MT5011", "the server's certificate is for another name");
}

TEST_CASE("no helper comes from the current directory") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  const std::string canary = project.home() + "/canary";
  const std::string trap = "#!/bin/sh\necho \"$0\" >>" + canary + "\n";
  project.write_home("../project/git", trap, 0700);
  project.environment["PATH"] = ".::/usr/bin:/bin";
  project.write_home("../project/.git/config", "[credential]\n\thelper = !touch " + canary + "\n");
  project.write_home("../project/.git/HEAD", "ref: refs/heads/main\n");
  std::filesystem::create_directories(project.root() + "/.git/objects");
  std::filesystem::create_directories(project.root() + "/.git/refs");
  project.lead_to(server.url() + "private/");
  check_failed(project, project.run({"tidy"}), "MT5012", "asks for a login");
  CHECK(!std::filesystem::exists(canary));
}

TEST_CASE("a netrc file that cannot be understood is an error with its line") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  project.lead_to(server.url() + "private/");
  project.write_home("logins", "machine localhost\nlogin me\npasword s3cret/word\n");
  project.environment["NETRC"] = project.home() + "/logins";
  const auto outcome = project.run({"tidy"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 2);
  CHECK(outcome.err.contains("/logins:3"));
  CHECK(!outcome.err.contains("s3cret"));
}

TEST_CASE("an archive's server is sent the login that netrc has for it, and no default") {
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  GitProject project;
  const HttpsGitServer server(project.base(), authority);
  project.environment["SSL_CERT_FILE"] = authority.file();
  REQUIRE(run_shell("cd " + project.base() + " && mkdir lib-1.0.0 && echo 'int lib;' >lib-1.0.0/lib.c && " +
                    "tar -czf lib-1.0.0.tar.gz lib-1.0.0")
              .status == 0);
  project.write_home("../project/modtool.json",
                     R"({"schema": 1, "module": "example.com/m", "require": {"example.com/owner/lib": "v1.0.0"},)"
                     R"( "describe": {"example.com/owner/lib": {"archive": ")" +
                         server.url() + R"(locked/lib-{version}.tar.gz"}}})" + "\n");
  for (const std::string netrc : {"", "default login me password s3cret/word\n"}) {
    project.write_home(".netrc", netrc);
    check_failed(project, project.run({"tidy"}), "MT5002", "401 Unauthorized");
  }
  project.write_home(".netrc", "machine localhost login me password s3cret/word\n");
  const auto outcome = project.run({"tidy", "-x"});
  CAPTURE(outcome.err);
  CHECK(outcome.status == 0);
  CHECK(!outcome.err.contains("s3cret"));
}
