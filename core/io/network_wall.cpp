#include "core/io/network_wall.hpp"

#include <fcntl.h>
#include <net/if.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstdint>
#include <cstring>
#include <string_view>

namespace modtool::io {
namespace {

// linux/landlock.h of Linux 6.7; older headers lack the second member.
struct LandlockRuleset {
  std::uint64_t handled_access_fs = 0;
  std::uint64_t handled_access_net = 0;
};
constexpr std::uint64_t kConnectTcp = 2;
constexpr long kCreateRuleset = 444;
constexpr long kRestrictSelf = 446;
constexpr unsigned kVersionOnly = 1;
constexpr long kFirstWithNetwork = 4;

bool write_file(const char* path, std::string_view text) {
  const int file = ::open(path, O_WRONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool is_written = ::write(file, text.data(), text.size()) == static_cast<ssize_t>(text.size());
  ::close(file);
  return is_written;
}

// "1000 1000 1": one id stands for itself.
bool map_id(const char* path, unsigned id) {
  std::array<char, 32> line;
  char* end = line.data();
  for (const unsigned number : {id, id, 1U}) {
    end = std::to_chars(end, line.data() + line.size(), number).ptr;
    *end++ = ' ';
  }
  return write_file(path, {line.data(), static_cast<std::size_t>(end - line.data())});
}

bool enter_user_namespace() {
  const auto user = ::geteuid();
  const auto group = ::getegid();
  return ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 && write_file("/proc/self/setgroups", "deny") &&
         map_id("/proc/self/uid_map", user) && map_id("/proc/self/gid_map", group);
}

bool bring_up_loopback() {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return false;
  ::ifreq request{};
  std::strcpy(request.ifr_name, "lo");
  request.ifr_flags = IFF_UP | IFF_RUNNING;
  const bool is_up = ::ioctl(socket, SIOCSIFFLAGS, &request) == 0;
  ::close(socket);
  return is_up;
}

bool apply_tcp_rules() {
  if (::syscall(kCreateRuleset, nullptr, 0, kVersionOnly) < kFirstWithNetwork) return false;
  const LandlockRuleset rules{.handled_access_net = kConnectTcp};
  const auto ruleset = static_cast<int>(::syscall(kCreateRuleset, &rules, sizeof rules, 0));
  if (ruleset < 0 || ::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return false;
  const bool holds = ::syscall(kRestrictSelf, ruleset, 0) == 0;
  ::close(ruleset);
  return holds;
}

bool can_raise(NetworkWall wall) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(raise_network_wall(wall) ? 0 : 1);
  int status = 1;
  while (child > 0 && ::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return child > 0 && status == 0;
}

}  // namespace

NetworkWall strongest_network_wall() {
  for (const auto wall : {NetworkWall::kNamespace, NetworkWall::kUserNamespace, NetworkWall::kTcpRules}) {
    if (can_raise(wall)) return wall;
  }
  return NetworkWall::kNone;
}

bool raise_network_wall(NetworkWall wall) {
  switch (wall) {
    case NetworkWall::kNamespace:
      return ::unshare(CLONE_NEWNET) == 0 && bring_up_loopback();
    case NetworkWall::kUserNamespace:
      return enter_user_namespace() && bring_up_loopback();
    case NetworkWall::kTcpRules:
      return apply_tcp_rules();
    case NetworkWall::kNone:
      break;
  }
  return true;
}

}  // namespace modtool::io
