// Programs that are kept from the network by the kernel: network namespaces (namespaces(7)), or Landlock's rules for
// TCP (landlock(7), since Linux 6.7).
#pragma once

namespace modtool::io {

// From the strongest down.
enum class NetworkWall {
  kNamespace,      // a network of its own, in which only loopback is there
  kUserNamespace,  // the same for an ordinary user, in whose place nobody else's files have an owner
  kTcpRules,       // no TCP connection, not even to this machine; UDP is not confined
  kNone,
};

// What this kernel lets this process put around a child; tried out in one.
NetworkWall strongest_network_wall();

// For a child between fork and exec: allocates nothing. False, with errno, where the kernel refuses.
bool raise_network_wall(NetworkWall wall);

}  // namespace modtool::io
