// A project whose modules are at an https server, and a user of it: what tests of requests begin with.
#pragma once

#include <string>
#include <vector>

#include "tests/process/sample_project.hpp"
#include "tests/support/https_git_server.hpp"
#include "tests/support/oracle.hpp"

namespace modtool::test {

// The program `go` of the PATH; empty where there is none, which was told.
std::string find_go();

// A project whose modules a server has, and a user who knows the authority of its certificate.
class HttpsSetting {
 public:
  const CertificateAuthority authority;
  const SampleProject project;
  const HttpsGitServer server{project.proxy(), authority};
  Environment environment{
      {"SSL_CERT_FILE", authority.file()}, {"HOME", home()}, {"GOSUMDB", "off"}, {"GOTOOLCHAIN", "local"}};

  HttpsSetting();

  std::string home() const;  // beside the project
  std::string proxy() const { return server.url() + "files"; }

  // `PROGRAM WORDS…` with empty caches; modtool where no other one is named.
  Outcome run(const std::vector<std::string>& words, const std::string& from, const std::string& program = "") const;
  Outcome run_again(const std::vector<std::string>& words, const std::string& from,
                    const std::string& program = "") const;
};

void check_equal(const Outcome& ours, const Outcome& expected);

}  // namespace modtool::test
