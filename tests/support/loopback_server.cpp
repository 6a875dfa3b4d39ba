#include "tests/support/loopback_server.hpp"

#include <doctest/doctest.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <mutex>
#include <thread>

#include "core/io/system_call.hpp"
#include "tests/support/loopback.hpp"

namespace modtool::test {
namespace {

using io::Descriptor;

std::string format_reply(const ServerReply& reply) {
  if (!reply.raw.empty()) return reply.raw;
  std::string text = "HTTP/1.1 " + std::to_string(reply.status) + " " + reply.reason + "\r\n";
  for (const auto& [name, value] : reply.headers) text += name + ": " + value + "\r\n";
  return text + "Content-Length: " + std::to_string(reply.body.size()) + "\r\n\r\n" + reply.body;
}

std::string path_of(const std::string& request) {
  const auto start = request.find(' ') + 1;
  return request.substr(start, request.find(' ', start) - start);
}

// False where the client is gone.
bool send_all(int connection, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t sent = ::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

}  // namespace

struct LoopbackServer::State {
  Handler handler;
  Descriptor stop{::eventfd(0, EFD_CLOEXEC)};  // readable, for all, once the server is to end
  Descriptor listener{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
  int port = listen_on_loopback(listener.get());
  mutable std::mutex mutex;
  std::vector<std::string> requests;
  int connections = 0;
  std::vector<std::jthread> threads;
  std::jthread acceptor;

  // Waits for something to read; false when the server ends.
  bool wait_for(int descriptor) const {
    std::array<::pollfd, 2> events{{{descriptor, POLLIN, 0}, {stop.get(), POLLIN, 0}}};
    ::poll(events.data(), events.size(), -1);
    return events[1].revents == 0;
  }

  void accept_all() {
    while (wait_for(listener.get())) {
      Descriptor connection(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
      const std::lock_guard lock(mutex);
      ++connections;
      threads.emplace_back([this, held = std::move(connection)] { serve(held.get()); });
    }
  }

  void serve(int connection) {
    std::string received;
    std::array<char, 4096> buffer;
    while (wait_for(connection)) {
      const ssize_t count = ::recv(connection, buffer.data(), buffer.size(), 0);
      if (count <= 0) return;
      received.append(buffer.data(), static_cast<std::size_t>(count));
      if (!received.ends_with("\r\n\r\n")) continue;
      if (!answer(connection, std::exchange(received, {}))) return;
    }
  }

  bool send_endlessly(int connection, const ServerReply& reply) const {
    bool goes_on = send_all(connection, "HTTP/1.1 " + std::to_string(reply.status) + " " + reply.reason + "\r\n\r\n");
    while (goes_on && !is_over()) goes_on = send_all(connection, reply.body);
    return false;
  }

  bool is_over() const {
    ::pollfd event{stop.get(), POLLIN, 0};
    return ::poll(&event, 1, 0) == 1;
  }

  // False when the connection is to be closed.
  bool answer(int connection, const std::string& request) {
    {
      const std::lock_guard lock(mutex);
      requests.push_back(request);
    }
    const ServerReply reply = handler(path_of(request));
    if (reply.never_replies) return wait_for(stop.get());
    if (reply.never_ends) return send_endlessly(connection, reply);
    send_all(connection, format_reply(reply));
    return reply.raw.empty();
  }
};

LoopbackServer::LoopbackServer(Handler handler) : state_(new State{.handler = std::move(handler)}) {
  state_->acceptor = std::jthread([state = state_.get()] { state->accept_all(); });
}

LoopbackServer::~LoopbackServer() {
  ::eventfd_write(state_->stop.get(), 1);
  state_->acceptor.join();
  state_->threads.clear();
}

std::string LoopbackServer::url() const { return "http://127.0.0.1:" + std::to_string(state_->port); }

std::vector<std::string> LoopbackServer::requests() const {
  const std::lock_guard lock(state_->mutex);
  return state_->requests;
}

int LoopbackServer::connections() const {
  const std::lock_guard lock(state_->mutex);
  return state_->connections;
}

}  // namespace modtool::test
