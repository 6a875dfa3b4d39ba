#include "core/io/standard_streams.hpp"

#include <fcntl.h>
#include <unistd.h>

#include "core/io/system_call.hpp"

namespace modtool::io {

void open_closed_streams() {
  for (int number = 0; number <= 2; ++number) {
    const bool is_closed = ::fcntl(number, F_GETFD) == -1 && errno == EBADF;
    if (is_closed) static_cast<void>(::open("/dev/null", O_RDONLY));  // it takes the lowest number that is free
  }
}

Result<bool> write_standard(StandardStream stream, std::string_view text) {
  const auto* name = stream == StandardStream::kOutput ? "/dev/stdout" : "/dev/stderr";
  while (!text.empty()) {
    const ssize_t written = ::write(static_cast<int>(stream), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0 && errno == EPIPE) return false;
    if (written < 0) return fail(system_error("write", name, errno));
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace modtool::io
