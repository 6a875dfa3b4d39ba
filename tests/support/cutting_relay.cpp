#include "tests/support/cutting_relay.hpp"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>

#include "core/io/system_call.hpp"
#include "tests/support/loopback.hpp"

namespace modtool::test {

CuttingRelay::CuttingRelay(int server_port, std::size_t bytes)
    : server_port_(server_port), bytes_(bytes), listener_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  port_ = listen_on_loopback(listener_);
  thread_ = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

CuttingRelay::~CuttingRelay() {
  thread_.request_stop();
  thread_.join();
  const io::Descriptor closed(listener_);
}

void CuttingRelay::serve(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    pollfd wait{.fd = listener_, .events = POLLIN, .revents = 0};
    if (::poll(&wait, 1, 20) <= 0) continue;
    const io::Descriptor client(::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC));
    ++connections_;
    relay(client.get());
  }
}

// One connection after the other is enough for who tries one after the other.
void CuttingRelay::relay(int client) {
  const io::Descriptor server(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_in address = loopback_address(server_port_ != kProxy ? server_port_ : port_asked_for(client));
  if (::connect(server.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) return;
  std::size_t left = bytes_;
  std::array<char, 4096> buffer;
  while (left > 0) {
    std::array<pollfd, 2> wait{{{client, POLLIN, 0}, {server.get(), POLLIN, 0}}};
    if (::poll(wait.data(), wait.size(), 10'000) <= 0) return;
    const bool from_client = wait[0].revents != 0;
    const auto count = ::recv(from_client ? client : server.get(), buffer.data(), buffer.size(), 0);
    if (count <= 0) return;
    const auto passed = from_client ? static_cast<std::size_t>(count) : std::min(left, static_cast<std::size_t>(count));
    if (::send(from_client ? server.get() : client, buffer.data(), passed, MSG_NOSIGNAL) < 0) return;
    if (!from_client) left -= passed;
    std::this_thread::sleep_for(pause_.load());
  }
}

// "CONNECT host:port HTTP/1.1", headers, and an empty line.
int CuttingRelay::port_asked_for(int client) {
  std::string request;
  for (char c = 0; !request.ends_with("\r\n\r\n") && ::recv(client, &c, 1, 0) == 1;) request += c;
  const std::string place = request.substr(0, request.find(" HTTP/")).substr(request.find(' ') + 1);
  {
    const std::lock_guard lock(mutex_);
    asked_for_.push_back(place);
  }
  constexpr std::string_view kAnswer = "HTTP/1.1 200 OK\r\n\r\n";
  ::send(client, kAnswer.data(), kAnswer.size(), MSG_NOSIGNAL);
  return std::stoi(place.substr(place.rfind(':') + 1));
}

std::vector<std::string> CuttingRelay::asked_for() const {
  const std::lock_guard lock(mutex_);
  return asked_for_;
}

}  // namespace modtool::test
