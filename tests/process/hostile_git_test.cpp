// Git configurations and repositories made to run something, or to change bytes: nothing happens, and the hashes stay.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "tests/process/git_project.hpp"
#include "tests/support/git_daemon.hpp"
#include "tests/support/https_git_server.hpp"

using namespace modtool::test;

namespace {

// A program that leaves a trace, and settings of Git that would run it or change what comes out of a repository.
class Trap {
 public:
  explicit Trap(const GitProject& project) : project_(project) {
    project.write_home("trap", "#!/bin/sh\necho \"$0 $*\" >>" + canary() + "\n", 0700);
    project.write_home("hooks/post-checkout", "#!/bin/sh\ntouch " + canary() + "\n", 0700);
    project.write_home("hooks/reference-transaction", "#!/bin/sh\ntouch " + canary() + "\n", 0700);
    project.write_home("template/hooks/post-checkout", "#!/bin/sh\ntouch " + canary() + "\n", 0700);
    project.write_home("attributes", "* text eol=crlf ident filter=evil export-ignore export-subst diff=evil\n");
  }

  std::string canary() const { return project_.home() + "/canary"; }
  bool was_sprung() const { return std::filesystem::exists(canary()); }

  std::string settings() const {
    const std::string trap = project_.home() + "/trap";
    return "[core]\n\tautocrlf = true\n\teol = crlf\n\tfsmonitor = " + trap + "\n\thooksPath = " + project_.home() +
           "/hooks\n\tsshCommand = " + trap + "\n\tgitProxy = " + trap + "\n\tpager = " + trap +
           "\n\tattributesFile = " + project_.home() + "/attributes\n\talternateRefsCommand = " + trap +
           "\n[filter \"evil\"]\n\tsmudge = " + trap + "\n\tclean = " + trap + "\n\tprocess = " + trap +
           "\n\trequired = true\n[protocol]\n\tallow = always\n[protocol \"ext\"]\n\tallow = always\n" +
           "[uploadpack]\n\tpackObjectsHook = " + trap +
           "\n[submodule]\n\trecurse = true\n[init]\n\ttemplateDir = " + project_.home() +
           "/template\n[remote \"origin\"]\n\tuploadpack = " + trap + "\n\tvcs = " + trap +
           "\n[diff \"evil\"]\n\ttextconv = " + trap + "\n[gpg]\n\tprogram = " + trap +
           "\n[credential]\n\thelper = " + trap + "\n[url \"ext::" + trap +
           " \"]\n\tinsteadOf = https://evil.example/\n[url \"ssh://-oProxyCommand=" + trap +
           "/\"]\n\tinsteadOf = https://option.example/\n[url \"http://localhost/\"]\n\tinsteadOf = " +
           "https://clear.example/\n";
  }

 private:
  const GitProject& project_;
};

void require_of(const GitProject& project, const std::string& path) {
  std::ofstream(project.root() + "/modtool.json")
      << R"({"schema": 1, "module": "example.com/m", "require": {")" << path << R"(": "v1.0.0"}})";
}

}  // namespace

// CVE-2022-24765, CVE-2023-29007 and their like.
TEST_CASE("no setting of the user's or the repository's runs anything or changes a hash") {
  GitProject project;
  const auto& repository = project.repository();
  const auto commit = repository.commit({{"a.c", {"int a; /* $Id$ $Format:%H$ */\n"}},
                                         {".gitattributes", {"* text eol=crlf ident filter=evil export-subst\n"}},
                                         {".lfsconfig", {"[lfs]\n\turl = https://evil.example\n"}}});
  repository.git({"tag", "-f", "v1.0.0", commit});
  const std::string expected = project.local_lock();
  const Trap trap(project);
  std::ofstream(repository.directory() + "/config", std::ios::app) << trap.settings();
  const GitDaemon daemon(project.base());
  std::vector<std::string> places = {"file://" + project.base() + "/", daemon.url()};
  if (!has_https_git()) return;
  const CertificateAuthority authority;
  project.environment["SSL_CERT_FILE"] = authority.file();
  const HttpsGitServer server(project.base(), authority);
  places.push_back(server.url() + "open/");
  for (const auto& place : places) {
    CAPTURE(place);
    project.forget();
    project.lead_to(place, trap.settings());
    const auto outcome = project.run({"tidy"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(project.lock() == expected);
    CHECK(!trap.was_sprung());
  }
}

TEST_CASE("a rewrite that leads to a helper or an option is refused before any use") {
  GitProject project;
  const Trap trap(project);
  project.lead_to("file:///nowhere/", trap.settings());
  struct Row {
    const char* path;
    const char* code;
    int status;
  };
  for (const auto& row : {Row{"evil.example/owner/repo", "MT1205", 3}, Row{"option.example/owner/repo", "MT1205", 3}}) {
    CAPTURE(row.path);
    require_of(project, row.path);
    const auto outcome = project.run({"tidy"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == row.status);
    CHECK(outcome.err.contains(row.code));
    CHECK(!trap.was_sprung());
  }
}

// CVE-2020-26222
TEST_CASE("names of branches and tags are names, whatever a shell would make of them") {
  GitProject project;
  const Trap trap(project);
  const std::string name = "$(touch${IFS}" + trap.canary() + ")";
  const auto commit = project.repository().git({"rev-parse", "v1.0.0"});
  project.repository().git({"branch", name, commit});
  project.repository().git({"tag", name + ";touch", commit});
  project.repository().git({"symbolic-ref", "HEAD", "refs/heads/" + name});
  const GitDaemon daemon(project.base());
  project.lead_to(daemon.url());
  const auto outcome = project.run({"tidy"});
  CHECK_MESSAGE(outcome.status == 0, outcome.err);
  CHECK(!trap.was_sprung());
}

TEST_CASE("a broken Git configuration is told by what asks repositories, and by nothing else") {
  GitProject project;
  project.lead_to("file://" + project.base() + "/");
  REQUIRE(project.run({"tidy"}).status == 0);
  project.write_home(".gitconfig", "[url \"x\n");
  CHECK(project.run({"graph"}).status == 0);
  CHECK(project.run({"list"}).status == 0);
  const auto outcome = project.run({"tidy"});
  CHECK(outcome.status == 2);
  CHECK(outcome.err.contains("error[MT0004]: Git configuration " + project.home() + "/.gitconfig"));
}
