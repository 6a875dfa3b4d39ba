// A git:// server on the loopback interface for tests: `git daemon`, ended with the object.
#pragma once

#include <string>

#include "tests/support/server_process.hpp"

namespace modtool::test {

class GitDaemon {
 public:
  // Serves every repository below `base`.
  explicit GitDaemon(const std::string& base);

  // "git://127.0.0.1:12345/"
  const std::string& url() const { return url_; }
  int port() const { return port_; }

 private:
  int port_ = free_port();
  std::string url_;
  ServerProcess process_;
};

}  // namespace modtool::test
