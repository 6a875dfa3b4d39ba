#include "core/io/network_wall.hpp"

#include <doctest/doctest.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "core/io/system_call.hpp"
#include "tests/support/loopback.hpp"

namespace modtool::io {
namespace {

bool can_connect(int port) {
  const Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const auto address = modtool::test::loopback_address(port);
  return ::connect(socket.get(), reinterpret_cast<const ::sockaddr*>(&address), sizeof address) == 0;
}

constexpr int kRefused = 2;

// What a child finds behind the wall: kRefused where the kernel does not give it.
int ask_behind(NetworkWall wall, const auto& question) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(!raise_network_wall(wall) ? kRefused : question() ? 1 : 0);
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  REQUIRE(WIFEXITED(status));
  return WEXITSTATUS(status);
}

bool reaches_itself() {
  const Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  return can_connect(modtool::test::listen_on_loopback(listener.get()));
}

TEST_CASE("behind a wall nobody outside is reached") {
  const Descriptor listener(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const int port = modtool::test::listen_on_loopback(listener.get());
  const auto reaches_outside = [&] { return can_connect(port); };
  CHECK(ask_behind(NetworkWall::kNone, reaches_outside) == 1);
  for (const auto wall : {NetworkWall::kNamespace, NetworkWall::kUserNamespace, NetworkWall::kTcpRules}) {
    CAPTURE(static_cast<int>(wall));
    CHECK(ask_behind(wall, reaches_outside) != 1);
  }
  for (const auto wall : {NetworkWall::kNamespace, NetworkWall::kUserNamespace}) {
    CAPTURE(static_cast<int>(wall));
    CHECK(ask_behind(wall, reaches_itself) != 0);
  }
}

TEST_CASE("the strongest wall is one that can be raised") {
  CHECK(ask_behind(strongest_network_wall(), [] { return true; }) == 1);
}

TEST_CASE("in a user namespace a user is still the same one") {
  const auto user = ::getuid();
  const auto group = ::getgid();
  const int is_same =
      ask_behind(NetworkWall::kUserNamespace, [&] { return ::getuid() == user && ::getgid() == group; });
  CHECK(is_same != 0);
}

}  // namespace
}  // namespace modtool::io
