#include "tests/support/git_daemon.hpp"

namespace modtool::test {

// The program itself, not `git daemon`: ending that would leave this running.
GitDaemon::GitDaemon(const std::string& base)
    : url_("git://127.0.0.1:" + std::to_string(port_) + "/"),
      process_({"/usr/lib/git-core/git-daemon", "--listen=127.0.0.1", "--port=" + std::to_string(port_),
                "--base-path=" + base, "--export-all", "--reuseaddr", "--log-destination=none"},
               port_) {}

}  // namespace modtool::test
