// Sockets on the loopback interface, where all servers of the tests listen.
#pragma once

#include <netinet/in.h>

namespace modtool::test {

// 127.0.0.1 with a port; 0 leaves the choice of one to the system.
sockaddr_in loopback_address(int port);

// Binds a socket to a port that is free. The port.
int bind_to_loopback(int socket);

// The same, and lets it take connections.
int listen_on_loopback(int socket);

}  // namespace modtool::test
