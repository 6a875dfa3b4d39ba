// Starting a child process and reading what it writes: what the kinds of children have in common. For the sources of
// this layer.
#pragma once

#include <sys/types.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"
#include "core/io/network_wall.hpp"
#include "core/io/system_call.hpp"

namespace modtool::io {

struct Pipe {
  Descriptor reading;
  Descriptor writing;
};

// Closed on exec.
Result<Pipe> make_pipe();

// A file in memory that holds a child's standard input: nobody has to feed a pipe.
Result<Descriptor> make_input(std::string_view bytes);

struct Launch {
  const std::vector<std::string>& command;      // the program by its full path, and its arguments
  const std::vector<std::string>& environment;  // "NAME=value", all of it
  std::string directory = {};                   // where it runs; empty: here
  std::array<int, 3> standard;                  // what become its descriptors 0, 1 and 2
  std::uint64_t memory = 0;                     // bytes of address space; 0: no limit
  NetworkWall wall = NetworkWall::kNone;
  bool own_group = true;  // a process group of its own, so that it can be ended with all it started
};

// Gives the child's id once its program runs. The child ends with this process, and inherits no other descriptor.
// Code::kChildFailed where it cannot be started.
Result<pid_t> start_child(const Launch& launch);

// Whether it has ended; it stays to be waited for.
bool has_ended(pid_t child);

// Waits for its end and gives its exit status: 128 + signal where a signal ended it.
int wait_for_end(pid_t child);

// A descriptor that becomes readable when the child ends; not open on old kernels.
Descriptor child_handle(pid_t child);

void set_non_blocking(const Descriptor& descriptor);

// Takes what there is of a pipe or terminal without waiting; false at its end.
template <class Take>
bool drain(const Descriptor& pipe, Take take) {
  std::array<char, 64UL * 1024> buffer;
  for (;;) {
    const ssize_t count = ::read(pipe.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return true;
    if (count <= 0) return false;
    take(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
  }
}

}  // namespace modtool::io
