// Stands in front of a server on the loopback interface and cuts connections off in the middle, or makes them slow.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>

namespace modtool::test {

class CuttingRelay {
 public:
  // Lets so many bytes of each connection through to the client, then closes it.
  CuttingRelay(int server_port, std::size_t bytes);
  ~CuttingRelay();
  CuttingRelay(const CuttingRelay&) = delete;
  CuttingRelay& operator=(const CuttingRelay&) = delete;

  int port() const { return port_; }
  // From now on all bytes come through.
  void mend() { bytes_ = SIZE_MAX; }
  // Waits so long after each piece.
  void slow_down(std::chrono::milliseconds pause) { pause_ = pause; }
  int connections() const { return connections_; }

 private:
  void serve(const std::stop_token& stop);
  void relay(int client) const;

  int server_port_;
  std::atomic<std::size_t> bytes_;
  std::atomic<std::chrono::milliseconds> pause_{};
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  std::jthread thread_;
};

}  // namespace modtool::test
