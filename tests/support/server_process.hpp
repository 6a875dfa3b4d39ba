// A server program on the loopback interface for tests, ended with the object, with all that it started.
#pragma once

#include <sys/types.h>

#include <string>
#include <vector>

namespace modtool::test {

// A port on which nobody listens now.
int free_port();

// A port that refuses connections, and is nobody else's while this process lives: it is bound, and nobody listens.
int refusing_port();

class ServerProcess {
 public:
  // Starts the program and waits until it answers at the port (0: until `socket` is there). Its output goes to a file
  // `log`, or nowhere where that is empty.
  ServerProcess(std::vector<std::string> command, int port, const std::string& socket = "",
                const std::string& log = "");
  ~ServerProcess();
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

 private:
  pid_t id_ = -1;
};

}  // namespace modtool::test
