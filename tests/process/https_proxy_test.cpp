// Go modules from a proxy at https: a real server on the loopback interface, and go as the oracle.
#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>

#include "core/base/text.hpp"
#include "tests/process/https_setting.hpp"
#include "tests/scripts/harness/tree.hpp"
#include "tests/support/cutting_relay.hpp"
#include "tests/support/files.hpp"
#include "tests/support/https_git_server.hpp"
#include "tests/support/loopback_server.hpp"
#include "tests/support/oracle.hpp"

using namespace modtool::test;

namespace fs = std::filesystem;

TEST_CASE("a project is read, vendored and downloaded from an https proxy, and go agrees with the cache offline") {
  if (!has_https_git()) return;
  const HttpsSetting setting;
  const auto graph = setting.run({"graph"}, setting.proxy());
  CAPTURE(graph.err);
  CHECK(graph.status == 0);
  CHECK(graph.out == setting.run({"graph"}, setting.project.file_proxy()).out);
  CHECK(setting.run({"vendor"}, setting.proxy()).status == 0);
  CHECK(read_file(setting.project.root() + "/vendor/example.com/a/f0.go") == "package a\n");
  CHECK(setting.run({"vendor", "--check"}, "off").status == 0);
  CHECK(setting.run({"download"}, setting.proxy()).status == 0);
  CHECK(setting.project.unfinished_in_cache().empty());

  const auto go = find_go();
  if (go.empty()) return;
  check_equal(setting.run_again({"mod", "verify"}, "off", go),
              {.status = 0, .out = "all modules verified\n", .err = ""});
  CHECK(setting.run_again({"mod", "download"}, "off", go).status == 0);
  CHECK(setting.run_again({"mod", "vendor"}, "off", go).status == 0);
  CHECK(setting.run_again({"vendor", "--check"}, "off").status == 0);
}

TEST_CASE("mod graph and mod vendor fill the cache over https with the bytes that go fills it with") {
  if (!has_https_git()) return;
  const auto go = find_go();
  if (go.empty()) return;
  const HttpsSetting setting;
  for (const auto* verb : {"graph", "vendor"}) {
    CAPTURE(verb);
    const auto expected = setting.run({"mod", verb}, setting.proxy(), go);
    CHECK(expected.status == 0);
    const std::string theirs = setting.home() + "/" + verb;
    fs::rename(setting.project.cache(), theirs);
    fs::remove(theirs + "/cache/download/example.com/a/@v/v1.0.0.info");  // of which mod vendor has no use
    check_equal(setting.run({"mod", verb}, setting.proxy()), expected);
    CHECK(tree_difference(theirs, setting.project.cache()) == "");
  }
}

TEST_CASE("HTTP/2 is spoken where a server has it, and its failures have go's words") {
  if (!has_https_git()) return;
  const HttpsSetting setting;
  const HttpsGitServer server(setting.project.proxy(), setting.authority, {.speaks_http2 = true});
  const std::string files = server.url() + "files";
  CHECK(setting.run({"download"}, files).status == 0);
  wait_until([&] { return server.protocols().contains("\n"); });
  CHECK(!server.protocols().contains("HTTP/1"));
  const auto go = find_go();
  if (go.empty()) return;
  for (const std::string place : {"files/none", "forbidden", "broken", "locked"}) {
    CAPTURE(place);
    const auto expected = setting.run({"mod", "graph"}, server.url() + place, go);
    CHECK(expected.status == 1);
    check_equal(setting.run({"mod", "graph"}, server.url() + place), expected);
  }
}

TEST_CASE("a connection that is cut in its handshake is made anew") {
  if (!has_https_git()) return;
  const HttpsSetting setting;
  for (const std::size_t bytes : {0UL, 100UL, 500UL}) {
    CAPTURE(bytes);
    const CuttingRelay relay(setting.server.port(), bytes);
    const auto outcome = setting.run({"graph"}, "https://localhost:" + std::to_string(relay.port()) + "/files");
    CAPTURE(outcome.err);
    CHECK(outcome.status == 5);
    CHECK(outcome.err.contains("error[MT5015]: "));
    CHECK(relay.connections() == 3);
  }
}

TEST_CASE("a server that nobody vouches for is refused, by mod graph in go's words") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  setting.authority.sign("expired", -1);
  const HttpsGitServer expired(setting.project.proxy(), setting.authority, {.certificate = "expired"});
  const std::string known = setting.authority.file();
  struct Row {
    const char* name;
    std::string url;
    std::string authority;
    std::string words;
    bool go_says_more = false;
  };
  const Row rows[] = {
      {"an unknown authority", setting.proxy(), "", "x509: certificate signed by unknown authority"},
      {"a certificate of the past", expired.url() + "files", known, "x509: certificate has expired or is not yet valid",
       true},
      {"another name", setting.server.url("127.0.0.1") + "files", known, "x509: certificate is valid for other names",
       true},
  };
  const auto go = find_go();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    setting.environment["SSL_CERT_FILE"] = row.authority;
    const auto own = setting.run({"graph"}, row.url);
    CAPTURE(own.err);
    CHECK(own.status == 5);
    CHECK(own.err.contains("error[MT5011]: "));
    CHECK(own.err.contains("note: the authorities that are trusted here are those of "));
    if (!row.authority.empty()) CHECK(own.err.contains(row.authority + " (SSL_CERT_FILE)"));
    const std::string told = "Get \"" + row.url + "/example.com/a/@v/v1.0.0.mod\": tls: failed to verify certificate: ";
    CHECK(own.err.contains(told + row.words));
    const auto dropped_in = setting.run({"mod", "graph"}, row.url);
    CHECK(dropped_in.status == 1);
    CHECK(dropped_in.err == "go: example.com/a@v1.0.0: " + told + row.words + "\n");
    if (!go.empty() && !row.go_says_more) check_equal(dropped_in, setting.run({"mod", "graph"}, row.url, go));
    if (!go.empty()) CHECK(setting.run({"mod", "graph"}, row.url, go).err.contains(told));
  }
}

TEST_CASE("certificates are of SSL_CERT_FILE and of every file in the directories of SSL_CERT_DIR") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const std::string directory = setting.home() + "/authorities";
  fs::create_directories(directory);
  fs::copy(setting.authority.file(), directory + "/any-name");
  const std::string none = setting.home() + "/none";
  struct Row {
    const char* name;
    std::string file;
    std::string directories;
    int status;
  };
  const Row rows[] = {
      {"neither", "", "", 5},
      {"a directory", "", directory, 0},
      {"one of two directories", "", none + ":" + directory, 0},
      {"a file, and a directory without any", setting.authority.file(), none, 0},
      {"a directory, and a file that is not there", none, directory, 0},
      {"a directory of others", "", setting.project.root(), 5},
  };
  const auto go = find_go();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    setting.environment["SSL_CERT_FILE"] = row.file;
    setting.environment["SSL_CERT_DIR"] = row.directories;
    const auto outcome = setting.run({"graph"}, setting.proxy());
    CAPTURE(outcome.err);
    CHECK(outcome.status == row.status);
    if (go.empty()) continue;
    CHECK((setting.run({"mod", "graph"}, setting.proxy(), go).status == 0) == (row.status == 0));
  }
  setting.environment["SSL_CERT_DIR"] = "";
  setting.environment["SSL_CERT_FILE"] = none;
  const auto outcome = setting.run({"graph"}, setting.proxy());
  CHECK(outcome.status == 2);
  CHECK(outcome.err.contains("error[MT0004]: "));
  CHECK(outcome.err.contains("no certificates in " + none));
}

TEST_CASE("an https server that sends on to http is not followed") {
  if (!has_https_git()) return;
  const HttpsSetting setting;
  const HttpsGitServer away(setting.project.proxy(), setting.authority, {.elsewhere = "http://127.0.0.1:1"});
  const auto outcome = setting.run({"graph"}, away.url() + "away");
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("error[MT5014]: "));
  const std::string file = "/example.com/a/@v/v1.0.0.mod";
  CHECK(outcome.err.contains("redirected from secure URL " + away.url() + "away" + file +
                             " to insecure URL http://127.0.0.1:1" + file));
  const auto go = find_go();
  if (go.empty()) return;
  CHECK(
      setting.run({"mod", "graph"}, away.url() + "away", go).err.contains("redirected from secure URL " + away.url()));
}

TEST_CASE("logins are of the URL, and of netrc as go reads it") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const std::string place = "localhost:" + std::to_string(setting.server.port());
  const std::string login = " login me password s3cret/word\n";
  const std::string locked = setting.server.url() + "locked";
  struct Row {
    const char* name;
    std::string netrc;
    std::string url;
    bool works;
    std::string methods = "";
  };
  const Row rows[] = {
      {"none", "", locked, false},
      {"the URL's", "", "https://me:s3cret%2Fword@" + place + "/locked", true},
      {"the URL's, and another of netrc", "machine " + place + " login x password y\n",
       "https://me:s3cret%2Fword@" + place + "/locked", true},
      {"a wrong one of the URL, and the right one of netrc", "machine " + place + login,
       "https://me:wrong@" + place + "/locked", false},
      {"netrc's", "machine elsewhere login x password y\nmachine " + place + login, locked, true},
      {"netrc's, of a directory", "machine " + place + "/locked" + login, locked, true},
      {"netrc's, of another directory", "machine " + place + "/lock" + login, locked, false},
      {"netrc's, of another port", "machine localhost" + login, locked, false},
      {"netrc's, of any machine", "default" + login, locked, false},
      {"netrc's, the second of two", "machine " + place + " login me password wrong\nmachine " + place + login, locked,
       false},
      {"netrc's, and GOAUTH=off", "machine " + place + login, locked, false, "off"},
      {"netrc's, and GOAUTH=netrc", "machine " + place + login, locked, true, "netrc"},
  };
  const auto go = find_go();
  for (const auto& row : rows) {
    CAPTURE(row.name);
    write_file(setting.home() + "/.netrc", row.netrc);
    setting.environment["GOAUTH"] = row.methods;
    const auto outcome = setting.run({"mod", "graph", "-x"}, row.url);
    CAPTURE(outcome.err);
    CHECK(outcome.status == (row.works ? 0 : 1));
    CHECK(!outcome.err.contains("s3cret"));
    CHECK(!outcome.err.contains("wrong"));
    const auto plain = setting.run({"mod", "graph"}, row.url);
    if (!go.empty()) check_equal(plain, setting.run({"mod", "graph"}, row.url, go));
    if (!row.works) CHECK(plain.err.contains("/example.com/a/@v/v1.0.0.mod: 401 Unauthorized\n"));
  }
  fs::rename(setting.home() + "/.netrc", setting.home() + "/elsewhere");
  setting.environment["NETRC"] = setting.home() + "/elsewhere";
  CHECK(setting.run({"vendor"}, locked).status == 0);
}

TEST_CASE("a proxy's login does not follow a redirect, neither to another host nor to another port") {
  if (!has_https_git()) return;
  const HttpsSetting setting;
  setting.authority.sign("both", 2, "DNS:localhost,IP:127.0.0.1");
  const HttpsGitServer target(setting.project.proxy(), setting.authority, {.certificate = "both"});
  for (const auto* host : {"localhost", "127.0.0.1"}) {
    const HttpsGitServer away(setting.project.proxy(), setting.authority, {.elsewhere = target.url(host) + "files"});
    const std::string place = "localhost:" + std::to_string(away.port());
    write_file(setting.home() + "/.netrc", "machine " + place + " login me password s3cret/word\n");
    for (const std::string user : {"", "me:s3cret%2Fword@"}) {
      CHECK(setting.run({"mod", "graph"}, "https://" + user + place + "/away").status == 0);
      wait_until([&] { return away.requests().contains(" Basic "); });  // written down behind the reply
    }
  }
  wait_until([&] { return target.requests().contains("/files/"); });
  CHECK(!target.requests().contains(" Basic "));
}

TEST_CASE("a server is asked through HTTPS_PROXY, but not one of this machine, where a redirect may lead") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  setting.authority.sign("away", 2, "DNS:proxied.invalid");
  const HttpsGitServer server(setting.project.proxy(), setting.authority,
                              {.certificate = "away", .elsewhere = setting.server.url() + "files"});
  const CuttingRelay relay(CuttingRelay::kProxy);
  const std::string place = "proxied.invalid:" + std::to_string(server.port());
  setting.environment["HTTPS_PROXY"] = "127.0.0.1:" + std::to_string(relay.port());
  setting.environment["https_proxy"] = "http://127.0.0.1:1";
  for (const std::string directory : {"files", "away"}) {
    CAPTURE(directory);
    const auto outcome = setting.run({"mod", "graph"}, "https://" + place + "/" + directory);
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    const auto go = find_go();
    if (go.empty()) continue;
    check_equal(outcome, setting.run({"mod", "graph"}, "https://" + place + "/" + directory, go));
  }
  const auto asked = relay.asked_for();
  CHECK(!asked.empty());
  CHECK(asked == std::vector<std::string>(asked.size(), place));

  CHECK(setting.run({"mod", "graph"}, setting.proxy()).status == 0);
  CHECK(relay.asked_for().size() == asked.size());
}

TEST_CASE("what a proxy on the way says is told in go's words, without its login") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const LoopbackServer refusing(
      [](const std::string&) { return ServerReply{.status = 407, .reason = "Proxy Authentication Required"}; });
  const std::string place = refusing.url().substr(std::string("http://").size());
  setting.environment["HTTPS_PROXY"] = "http://me:s3cret@" + place;
  const std::string url = "https://proxied.invalid/files";
  const auto own = setting.run({"graph", "-x", "-v"}, url);
  CAPTURE(own.err);
  CHECK(own.status == 5);
  CHECK(own.err.contains("error[MT5002]: "));
  CHECK(!own.err.contains("s3cret"));
  const auto dropped_in = setting.run({"mod", "graph"}, url);
  CHECK(dropped_in.err.ends_with(": Proxy Authentication Required\n"));
  const auto go = find_go();
  if (!go.empty()) check_equal(dropped_in, setting.run({"mod", "graph"}, url, go));
  setting.environment["HTTPS_PROXY"] = "gopher://me:s3cret@" + place;
  CHECK(!setting.run({"graph"}, url).err.contains("s3cret"));
}

TEST_CASE("a login stays with its path, also on its own host") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const HttpsGitServer away(setting.project.proxy(), setting.authority, {.elsewhere = "/locked"});
  const std::string place = "localhost:" + std::to_string(away.port());
  struct Row {
    std::string machine;  // of netrc
    std::string user;     // of the URL
    bool works;
  };
  const Row rows[] = {{place, "", true},
                      {place + "/away", "", false},
                      {place + "/locked", "", false},
                      {"", "me:s3cret%2Fword@", false}};
  for (const auto& row : rows) {
    CAPTURE(row.machine);
    write_file(setting.home() + "/.netrc",
               row.machine.empty() ? "" : "machine " + row.machine + " login me password s3cret/word\n");
    const auto outcome = setting.run({"graph"}, "https://" + row.user + place + "/away");
    CAPTURE(outcome.err);
    CHECK(outcome.status == (row.works ? 0 : 5));
    CHECK(!outcome.err.contains("s3cret"));
  }
}

TEST_CASE("a refused login is explained by our own face: who was asked, and who gave it") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const std::string place = "localhost:" + std::to_string(setting.server.port());
  const std::string locked = setting.server.url() + "locked";
  const std::string netrc = setting.home() + "/.netrc";
  CHECK(setting.run({"graph"}, locked).err.contains("note: GOAUTH=netrc: " + netrc + " has no login for it\n"));
  write_file(netrc, "machine " + place + " login me password wr0ng\n");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"graph"},
                                                {"graph", "--json"},
                                                {"graph", "-x", "-v"},
                                                {"download"},
                                                {"vendor", "-x"}}) {
    const auto outcome = setting.run(words, locked);
    CAPTURE(outcome.out + outcome.err);
    CHECK((outcome.out + outcome.err)
              .contains("the login that GOAUTH=netrc (" + netrc + ") has for " + place + " was shown"));
    CHECK(!(outcome.out + outcome.err).contains("wr0ng"));
    CHECK(!(outcome.out + outcome.err).contains("bWU6"));
  }
  setting.environment["GOAUTH"] = "off";
  CHECK(setting.run({"graph"}, locked).err.contains("note: GOAUTH=off: no login is looked for\n"));
}

TEST_CASE("a module that a public proxy lacks may be a private one, and that is said") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  setting.authority.sign("public", 2, "DNS:proxy.golang.org");
  const HttpsGitServer server(setting.project.proxy() + "/example.com", setting.authority, {.certificate = "public"});
  const CuttingRelay relay(CuttingRelay::kProxy);
  setting.environment["HTTPS_PROXY"] = "127.0.0.1:" + std::to_string(relay.port());
  const std::string url = "https://proxy.golang.org:" + std::to_string(server.port()) + "/files";
  const auto outcome = setting.run({"graph"}, url);
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(
      outcome.err.contains("note: a public proxy knows no private modules: if this is one, GOPRIVATE=example.com/a "));
  CHECK(!setting.run({"graph"}, setting.server.url() + "files/none").err.contains("GOPRIVATE"));
}

TEST_CASE("where GOPROXY says nothing, Go's own proxy is asked") {
  if (!has_https_git()) return;
  HttpsSetting setting;
  const CuttingRelay relay(
      CuttingRelay::kProxy);  // which leads everybody to this machine, where nobody is at that port
  setting.environment["HTTPS_PROXY"] = "127.0.0.1:" + std::to_string(relay.port());
  const auto outcome = setting.run({"graph"}, "");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("Get \"https://proxy.golang.org/example.com/a/@v/v1.0.0.mod\": "));
  CHECK(relay.asked_for() == std::vector<std::string>(3, "proxy.golang.org:443"));  // as a lost connection may pass
}

TEST_CASE("what a proxy does not have is asked of nobody else, and that is said") {
  if (!has_https_git()) return;
  const HttpsSetting setting;
  const auto outcome = setting.run({"graph"}, setting.server.url() + "files/other,direct");
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("error[MT5007]: fetching from a module's own repository is not supported yet"));
  CHECK(outcome.err.contains("fix: go mod download example.com/a@v1.0.0\n"));
}
