// An ssh server on the loopback interface for tests: sshd, for the user who runs the test, with keys made for it.
#pragma once

#include <memory>
#include <string>

#include "tests/support/server_process.hpp"
#include "tests/support/temp_directory.hpp"

namespace modtool::test {

// Whether the programs are there: `if (!has_ssh()) return;`.
bool has_ssh();

// Makes a key without a passphrase, or with one: PATH and PATH.pub.
void make_ssh_key(const std::string& path, const std::string& kind = "ed25519", const std::string& passphrase = "");

class SshGitServer {
 public:
  SshGitServer();

  // "ssh://root@127.0.0.1:12345"; what follows is a path of this machine.
  std::string url() const;
  // "root@[127.0.0.1:12345]:"
  std::string short_url() const;
  int port() const { return port_; }
  // Lets the owner of a key in.
  void authorise(const std::string& public_key) const;
  // What known_hosts has to hold.
  std::string known_hosts() const;
  // Gives the server another key.
  void change_key();

 private:
  void start();

  int port_ = free_port();
  std::string user_;
  TempDirectory directory_;
  std::unique_ptr<ServerProcess> process_;
};

// ssh-agent, with a key.
class SshAgent {
 public:
  explicit SshAgent(const std::string& key);
  std::string socket() const { return directory_ / "socket"; }

 private:
  TempDirectory directory_;
  ServerProcess process_;
};

}  // namespace modtool::test
