// Stands in front of a server on the loopback interface and cuts connections off in the middle, or makes them slow. Or
// is a proxy for https: then the client says which server it wants.
#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace modtool::test {

class CuttingRelay {
 public:
  static constexpr int kProxy = 0;  // in the place of the server's port

  // Lets so many bytes of each connection through to the client, then closes it.
  explicit CuttingRelay(int server_port, std::size_t bytes = SIZE_MAX);
  ~CuttingRelay();
  CuttingRelay(const CuttingRelay&) = delete;
  CuttingRelay& operator=(const CuttingRelay&) = delete;

  int port() const { return port_; }
  // From now on all bytes come through.
  void mend() { bytes_ = SIZE_MAX; }
  // Waits so long after each piece.
  void slow_down(std::chrono::milliseconds pause) { pause_ = pause; }
  int connections() const { return connections_; }
  // Of a proxy, the servers that were asked for: "localhost:443".
  std::vector<std::string> asked_for() const;

 private:
  void serve(const std::stop_token& stop);
  void relay(int client);
  int port_asked_for(int client);

  int server_port_;
  std::atomic<std::size_t> bytes_;
  std::atomic<std::chrono::milliseconds> pause_{};
  int listener_ = -1;
  int port_ = 0;
  std::atomic<int> connections_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> asked_for_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace modtool::test
