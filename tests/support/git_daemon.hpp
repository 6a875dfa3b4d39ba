// A git:// server on the loopback interface for tests: `git daemon`, ended with the object.
#pragma once

#include <sys/types.h>

#include <string>

namespace modtool::test {

class GitDaemon {
 public:
  // Serves every repository below `base`.
  explicit GitDaemon(const std::string& base);
  ~GitDaemon();
  GitDaemon(const GitDaemon&) = delete;
  GitDaemon& operator=(const GitDaemon&) = delete;

  // "git://127.0.0.1:12345/"
  const std::string& url() const { return url_; }

 private:
  pid_t process_ = -1;
  std::string url_;
};

// A port on which nobody listens now.
int free_port();

}  // namespace modtool::test
