#include "tests/support/git_daemon.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <signal.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>
#include <vector>

namespace modtool::test {
namespace {

sockaddr_in loopback(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool answers(int port) {
  const int connection = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const sockaddr_in address = loopback(port);
  const bool connected = ::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  ::close(connection);
  return connected;
}

}  // namespace

int free_port() {
  const int listener = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  ::close(listener);
  return ntohs(address.sin_port);
}

GitDaemon::GitDaemon(const std::string& base) {
  const int port = free_port();
  url_ = "git://127.0.0.1:" + std::to_string(port) + "/";
  // The program itself, not `git daemon`: ending that would leave this running.
  std::vector<std::string> arguments = {
      "/usr/lib/git-core/git-daemon", "--listen=127.0.0.1", "--port=" + std::to_string(port),
      "--base-path=" + base,          "--export-all",       "--reuseaddr",
      "--log-destination=none"};
  std::vector<char*> pointers;
  for (auto& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  char* environment[] = {const_cast<char*>("PATH=/usr/bin:/bin"), const_cast<char*>("GIT_CONFIG_NOSYSTEM=1"),
                         const_cast<char*>("GIT_CONFIG_GLOBAL=/dev/null"), nullptr};
  REQUIRE(::posix_spawn(&process_, arguments[0].c_str(), nullptr, nullptr, pointers.data(), environment) == 0);
  for (int attempt = 0; attempt < 500 && !answers(port); ++attempt) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

GitDaemon::~GitDaemon() {
  ::kill(process_, SIGTERM);
  ::waitpid(process_, nullptr, 0);
}

}  // namespace modtool::test
