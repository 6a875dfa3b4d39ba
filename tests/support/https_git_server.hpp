// An https server of Git repositories and files on the loopback interface for tests: nginx in front of
// `git http-backend`, with a certificate of an authority that the test made.
#pragma once

#include <string>

#include "tests/support/server_process.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::test {

// Whether the programs are there: `if (!has_https_git()) return;`.
bool has_https_git();

// An authority that signs certificates, in files.
class CertificateAuthority {
 public:
  CertificateAuthority();

  std::string file() const { return directory_ / "ca.pem"; }
  // Makes NAME.pem and NAME.key in the directory; valid for so many days from now. `who` as a subjectAltName.
  void sign(const std::string& name, int days, const std::string& who = "DNS:localhost") const;
  std::string path(const std::string& name) const { return directory_ / name; }

 private:
  TempDirectory directory_;
};

struct HttpsOptions {
  std::string certificate = "good";                   // a name signed by the authority
  std::string elsewhere = "https://nowhere.invalid";  // where /away/… sends on to
  bool speaks_http2 = false;
};

class HttpsGitServer {
 public:
  static constexpr const char* kUser = "me";
  static constexpr const char* kPassword = "s3cret/word";

  // Serves the repositories below `base`: at open/ to everybody, at private/ to kUser, and at away/, forbidden/,
  // broken/ none. At files/ and locked/ it serves the files as they are, likewise.
  HttpsGitServer(const std::string& base, const CertificateAuthority& authority, const HttpsOptions& options = {});

  // "https://localhost:12345/"
  std::string url(const std::string& host = "localhost") const;
  int port() const { return port_; }
  // A line for each request: "<status> <path> <authorization>".
  std::string requests() const;
  // A line for each: "HTTP/2.0".
  std::string protocols() const;

 private:
  int port_ = free_port();
  TempDirectory directory_;
  std::string configuration_;
  ServerProcess backend_;
  ServerProcess front_;
};

}  // namespace modtool::test
