#include "tests/support/loopback.hpp"

#include <arpa/inet.h>
#include <doctest/doctest.h>
#include <sys/socket.h>

#include <cstdint>

namespace modtool::test {

sockaddr_in loopback_address(int port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<std::uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

int bind_to_loopback(int socket) {
  sockaddr_in address = loopback_address(0);
  socklen_t size = sizeof address;
  REQUIRE(::bind(socket, reinterpret_cast<const sockaddr*>(&address), size) == 0);
  REQUIRE(::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size) == 0);
  return ntohs(address.sin_port);
}

int listen_on_loopback(int socket) {
  constexpr int kWaiting = 64;
  const int port = bind_to_loopback(socket);
  REQUIRE(::listen(socket, kWaiting) == 0);
  return port;
}

}  // namespace modtool::test
