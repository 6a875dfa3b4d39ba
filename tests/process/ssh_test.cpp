// Modules behind ssh: a real sshd on the loopback interface.
#include <doctest/doctest.h>

#include <filesystem>

#include "tests/process/git_project.hpp"
#include "tests/support/oracle.hpp"
#include "tests/support/ssh_git_server.hpp"

using namespace modtool::test;

namespace {

void check_failed(const GitProject& project, const Outcome& outcome, const std::string& code, const std::string& part) {
  CAPTURE(outcome.err);
  CHECK(outcome.status == 5);
  CHECK(outcome.err.contains("error[" + code + "]: "));
  CHECK(outcome.err.contains(part));
  CHECK(project.lock().empty());
  CHECK(project.unfinished().empty());
}

// The command that an error suggests.
std::string fix_in(const std::string& talk) {
  const auto start = talk.find("fix: ");
  REQUIRE(start != std::string::npos);
  return talk.substr(start + 5, talk.find('\n', start) - start - 5);
}

// Types it.
void type_fix(const GitProject& project, const Outcome& failed) {
  const auto typed = run_program({"/bin/sh", "-c", fix_in(failed.err)}, "/", project.environment, "");
  CHECK_MESSAGE(typed.status == 0, typed.err);
}

// A user whose key the server knows, and who knows the server.
class SshUser {
 public:
  SshUser() {
    make_ssh_key(key());
    server.authorise(key() + ".pub");
    project.write_home(".ssh/known_hosts", server.known_hosts());
    project.lead_to(server.url() + project.base() + "/");
  }

  std::string key() const { return project.home() + "/.ssh/id_ed25519"; }

  GitProject project;
  SshGitServer server;
};

}  // namespace

TEST_CASE("a module behind ssh has the hash that it has on this machine, whatever the key") {
  if (!has_ssh()) return;
  SshUser user;
  const std::string expected = user.project.local_lock();
  const auto check_fetched = [&](const char* name) {
    CAPTURE(name);
    user.project.forget();
    const auto outcome = user.project.run({"tidy"});
    CAPTURE(outcome.err);
    CHECK(outcome.status == 0);
    CHECK(user.project.lock() == expected);
  };
  check_fetched("a key file");
  user.project.lead_to(user.server.short_url() + user.project.base() + "/");
  check_fetched("the short form of the URL");

  user.project.write_home(".ssh/known_hosts", "");
  const auto hashed = run_shell("cd " + user.project.home() + "/.ssh && printf '" + user.server.known_hosts() +
                                "' >known_hosts && ssh-keygen -q -H -f known_hosts && rm known_hosts.old");
  REQUIRE(hashed.status == 0);
  REQUIRE(user.project.read_home(".ssh/known_hosts").starts_with("|1|"));
  check_fetched("a hashed known_hosts");

  // libssh2 would ask for a key of this other kind, which the server does not have.
  make_ssh_key(user.project.home() + "/other", "rsa");
  const auto other = run_shell("cut -d' ' -f1,2 " + user.project.home() + "/other.pub").output;
  const std::string name = user.server.known_hosts().substr(0, user.server.known_hosts().find(' '));
  user.project.write_home(".ssh/known_hosts", name + " " + other + user.server.known_hosts());
  check_fetched("a known key of another kind");

  const SshAgent agent(user.key());
  std::filesystem::remove(user.key());
  user.project.environment["SSH_AUTH_SOCK"] = agent.socket();
  check_fetched("a key of the agent");
}

TEST_CASE("an unknown server is refused, and the fix makes it known") {
  if (!has_ssh() || !has_oracle("ssh-keyscan")) return;
  SshUser user;
  user.project.write_home(".ssh/known_hosts", "");
  const auto outcome = user.project.run({"tidy"});
  check_failed(user.project, outcome, "MT5008", "nobody knows the server's key, ssh-ed25519 (SHA256:");
  type_fix(user.project, outcome);  // fix core/git/ssh_setup.cpp:known_hosts_fix
  CHECK(user.project.run({"tidy"}).status == 0);
}

TEST_CASE("a server whose key changed is refused, with the line that knows another") {
  if (!has_ssh() || !has_oracle("ssh-keyscan")) return;
  SshUser user;
  user.server.change_key();
  const auto outcome = user.project.run({"tidy"});
  check_failed(user.project, outcome, "MT5009", "shows another key than the known one");
  CHECK(outcome.err.contains("/.ssh/known_hosts:1"));
  type_fix(user.project, outcome);  // fix core/git/ssh_setup.cpp:explain_ssh
  CHECK(user.project.run({"tidy"}).status == 0);
  user.project.forget();
  user.project.write_home(".ssh/known_hosts", user.server.known_hosts() + "@revoked " + user.server.known_hosts());
  check_failed(user.project, user.project.run({"tidy"}), "MT5009", "a key that is revoked");
}

TEST_CASE("a server that takes no key says which were tried") {
  if (!has_ssh()) return;
  SshUser user;
  make_ssh_key(user.key());
  check_failed(user.project, user.project.run({"tidy"}), "MT5010", "takes none of the keys; tried " + user.key());
  make_ssh_key(user.key(), "ed25519", "passphrase");
  const auto locked = user.project.run({"tidy"});
  check_failed(user.project, locked, "MT5010", user.key() + " has a passphrase");
  CHECK(fix_in(locked.err) == "ssh-add " + user.key());
  std::filesystem::remove(user.key());
  user.project.environment["SSH_AUTH_SOCK"] = user.project.home() + "/no-socket";
  check_failed(user.project, user.project.run({"tidy"}), "MT5010", "takes none of the keys");
}

TEST_CASE("a key with a passphrase is given to the agent by the fix") {
  if (!has_ssh() || !has_oracle("ssh-add")) return;
  SshUser user;
  REQUIRE(run_shell("ssh-keygen -q -p -P '' -N passphrase -f " + user.key()).status == 0);
  make_ssh_key(user.project.home() + "/other");
  const SshAgent agent(user.project.home() + "/other");
  user.project.environment["SSH_AUTH_SOCK"] = agent.socket();
  const auto outcome = user.project.run({"tidy"});
  check_failed(user.project, outcome, "MT5010", user.key() + " has a passphrase");
  user.project.write_home("ask", "#!/bin/sh\necho passphrase\n");
  std::filesystem::permissions(user.project.home() + "/ask", std::filesystem::perms::owner_all);
  user.project.environment["SSH_ASKPASS"] = user.project.home() + "/ask";
  user.project.environment["SSH_ASKPASS_REQUIRE"] = "force";
  type_fix(user.project, outcome);  // fix core/git/ssh_setup.cpp:explain_ssh
  CHECK(user.project.run({"tidy"}).status == 0);
}

TEST_CASE("a repository that the server does not have is not found, and a dead server unreachable") {
  if (!has_ssh()) return;
  const SshUser user;
  user.project.lead_to(user.server.url() + user.project.base() + "/other/");
  check_failed(user.project, user.project.run({"tidy"}), "MT5001", "does not appear to be a git repository");
  const std::string port = std::to_string(refusing_port());
  user.project.lead_to("ssh://127.0.0.1:" + port + "/");
  check_failed(user.project, user.project.run({"tidy"}), "MT5003", "failed to connect");
}
