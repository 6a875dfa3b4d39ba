#include "tests/support/ssh_git_server.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "core/base/text.hpp"
#include "tests/support/oracle.hpp"

namespace modtool::test {
namespace {

std::string run(const std::string& script) {
  const auto outcome = run_shell("set -e\n" + script);
  REQUIRE_MESSAGE(outcome.status == 0, outcome.output);
  return std::string(trim(outcome.output));
}

}  // namespace

bool has_ssh() { return has_oracle("/usr/sbin/sshd") && has_oracle("ssh-keygen") && has_oracle("git"); }

void make_ssh_key(const std::string& path, const std::string& kind, const std::string& passphrase) {
  run(fmt::format("mkdir -p \"$(dirname {0})\"; rm -f {0} {0}.pub\nssh-keygen -q -t {1} -N '{2}' -C test -f {0}", path,
                  kind, passphrase));
}

SshGitServer::SshGitServer() : user_(run("id -un")) {
  make_ssh_key(directory_ / "host");
  std::ofstream(directory_ / "conf") << fmt::format(
      "Port {0}\nListenAddress 127.0.0.1\nHostKey {1}/host\nPidFile none\nAuthorizedKeysFile {1}/authorized\n"
      "StrictModes no\nUsePAM no\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nPermitRootLogin yes\n",
      port_, directory_.path());
  std::ofstream(directory_ / "authorized");
  // Where sshd locks itself in before it knows who calls.
  if (::getuid() == 0) run("mkdir -p /run/sshd");
  start();
}

void SshGitServer::start() {
  process_.reset();
  process_ = std::make_unique<ServerProcess>(
      std::vector<std::string>{"/usr/sbin/sshd", "-D", "-e", "-f", directory_ / "conf"}, port_, "", directory_ / "log");
}

std::string SshGitServer::url() const { return fmt::format("ssh://{}@127.0.0.1:{}", user_, port_); }
std::string SshGitServer::short_url() const { return fmt::format("{}@[127.0.0.1:{}]:", user_, port_); }

void SshGitServer::authorise(const std::string& public_key) const {
  run(fmt::format("cat {} >>{}/authorized", public_key, directory_.path()));
}

std::string SshGitServer::known_hosts() const {
  return fmt::format("[127.0.0.1]:{} {}\n", port_, run("cut -d' ' -f1,2 " + (directory_ / "host.pub")));
}

void SshGitServer::change_key() {
  make_ssh_key(directory_ / "host");
  start();
}

SshAgent::SshAgent(const std::string& key) : process_({"/usr/bin/ssh-agent", "-D", "-a", socket()}, 0, socket()) {
  run(fmt::format("SSH_AUTH_SOCK={} ssh-add -q {}", socket(), key));
}

}  // namespace modtool::test
