#include "tests/support/server_process.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "tests/support/loopback.hpp"

namespace modtool::test {
namespace {

bool answers(int port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback_address(port);
  const bool connected = ::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(connection);
  return connected;
}

// In a process group of its own, so that what it starts can be ended with it.
pid_t spawn(std::vector<std::string>& command, const std::string& log) {
  std::vector<char*> pointers;
  for (auto& word : command) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  char* environment[] = {const_cast<char*>("PATH=/usr/sbin:/usr/bin:/bin"), const_cast<char*>("GIT_CONFIG_NOSYSTEM=1"),
                         const_cast<char*>("GIT_CONFIG_GLOBAL=/dev/null"), nullptr};
  posix_spawnattr_t attributes;
  ::posix_spawnattr_init(&attributes);
  ::posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  posix_spawn_file_actions_t actions;
  ::posix_spawn_file_actions_init(&actions);
  ::posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  for (const int number : {STDOUT_FILENO, STDERR_FILENO}) {
    ::posix_spawn_file_actions_addopen(&actions, number, log.empty() ? "/dev/null" : log.c_str(),
                                       O_WRONLY | O_CREAT | O_APPEND, 0600);
  }
  pid_t id = -1;
  REQUIRE(::posix_spawn(&id, command[0].c_str(), &actions, &attributes, pointers.data(), environment) == 0);
  ::posix_spawn_file_actions_destroy(&actions);
  ::posix_spawnattr_destroy(&attributes);
  return id;
}

}  // namespace

int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const int port = bind_to_loopback(listener);
  ::close(listener);
  return port;
}

int refusing_port() { return bind_to_loopback(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)); }

ServerProcess::ServerProcess(std::vector<std::string> command, int port, const std::string& socket,
                             const std::string& log)
    : id_(spawn(command, log)) {
  const auto is_up = [&] { return port != 0 ? answers(port) : ::access(socket.c_str(), F_OK) == 0; };
  for (int attempt = 0; attempt < 3000 && !is_up(); ++attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

ServerProcess::~ServerProcess() {
  ::kill(-id_, SIGTERM);
  ::waitpid(id_, nullptr, 0);
}

}  // namespace modtool::test
