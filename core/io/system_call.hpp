// Calling the operating system: descriptors that close themselves, and failures as errors in Go's words. For the
// sources of this layer.
#pragma once

#include <cerrno>
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "core/base/result.hpp"

namespace modtool::io {

// Owns an open file descriptor, or none.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int number) : number_(number) {}
  Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    std::swap(number_, other.number_);
    return *this;
  }
  ~Descriptor() { reset(); }

  int get() const { return number_; }
  bool is_open() const { return number_ >= 0; }
  void reset();
  // Gives the descriptor up without closing it.
  int release() { return std::exchange(number_, -1); }

 private:
  int number_ = -1;
};

// The class of a failure, from its errno.
Code code_of(int number);

// "no such file or directory": the text of an errno as Go prints it.
std::string errno_text(int number);

// `open a/b: no such file or directory`
Error system_error(std::string_view operation, std::string_view path, int number);

// Runs a system call about `path`, again where a signal interrupted it. A path that holds a NUL, which the system would
// cut short, is refused as Go refuses it.
template <std::invocable Call>
Result<std::invoke_result_t<Call>> system_call(std::string_view operation, std::string_view path, Call call) {
  if (path.find('\0') != std::string_view::npos) return fail(system_error(operation, path, EINVAL));
  for (;;) {
    const auto returned = call();
    if (returned >= 0) return returned;
    if (errno != EINTR) return fail(system_error(operation, path, errno));
  }
}

// Opens a file; `flags` and `mode` are those of open(2). Closed on exec.
Result<Descriptor> open_descriptor(const std::string& path, int flags, unsigned mode = 0);

// Writes all of `bytes`; `path` is for the error.
Result<void> write_fully(int descriptor, std::string_view bytes, std::string_view path);

// More than this is not read into memory at once: a sparse file costs nothing and can claim any size.
inline constexpr std::uint64_t kLargestWholeFile = 2ULL << 30;

// Reads to the end of the file; `size` is the size expected, and `path` is for the error. Code::kTooLarge.
Result<std::string> read_fully(int descriptor, std::uint64_t size, std::string_view path);

}  // namespace modtool::io
