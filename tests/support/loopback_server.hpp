// A small HTTP server on 127.0.0.1 for tests, with replies good and bad.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace modtool::test {

struct ServerReply {
  int status = 200;
  std::string reason = "OK";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers = {};
  std::string raw = {};        // sent as it is, instead of all the above; the connection is then closed
  bool never_replies = false;  // reads the request and stays silent until the server ends
  bool never_ends = false;     // the body is sent again and again, until the client has enough
};

// Serves on threads of its own from construction to destruction, and keeps connections open between requests.
class LoopbackServer {
 public:
  // Called with the path of each request, from several threads at once.
  using Handler = std::function<ServerReply(const std::string& path)>;

  explicit LoopbackServer(Handler handler);
  ~LoopbackServer();
  LoopbackServer(const LoopbackServer&) = delete;
  LoopbackServer& operator=(const LoopbackServer&) = delete;

  // "http://127.0.0.1:PORT", without a slash at the end.
  std::string url() const;
  // What was asked for so far, each with its headers: "GET /path HTTP/1.1\r\n…".
  std::vector<std::string> requests() const;
  // How many connections there were so far.
  int connections() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace modtool::test
