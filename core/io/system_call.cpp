#include "core/io/system_call.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <new>

namespace modtool::io {

void Descriptor::reset() {
  if (is_open()) ::close(release());
}

Code code_of(int number) {
  switch (number) {
    case ENOENT:
      return Code::kFileNotFound;
    case EEXIST:
    case ENOTEMPTY:
      return Code::kFileExists;
    case EACCES:
    case EPERM:
    case EROFS:
      return Code::kPermission;
    case ENOTDIR:
      return Code::kNotADirectory;
    case EISDIR:
      return Code::kIsADirectory;
    case ELOOP:
      return Code::kSymbolicLink;
    case ENOSPC:
    case EDQUOT:
      return Code::kDiskFull;
    case ENOSYS:
    case EOPNOTSUPP:
      return Code::kNotSupported;
    default:
      return Code::kIo;
  }
}

std::string errno_text(int number) {
  const char* const known = ::strerrordesc_np(number);
  if (known == nullptr) return "errno " + std::to_string(number);
  std::string text = known;
  const auto is_between = [&](std::size_t at, char low, char high) {
    return at < text.size() && text[at] >= low && text[at] <= high;
  };
  // An abbreviation at the front keeps its capitals.
  if (is_between(0, 'A', 'Z') && is_between(1, 'a', 'z')) text[0] = static_cast<char>(text[0] - 'A' + 'a');
  return text;
}

Error system_error(std::string_view operation, std::string_view path, int number) {
  std::string message(operation);
  message += " ";
  message += path;
  return {.code = code_of(number), .message = message + ": " + errno_text(number)};
}

Result<Descriptor> open_descriptor(const std::string& path, int flags, unsigned mode) {
  MODTOOL_TRY(const int number,
              system_call("open", path, [&] { return ::open(path.c_str(), flags | O_CLOEXEC, mode); }));
  return Descriptor(number);
}

Result<void> write_fully(int descriptor, std::string_view bytes, std::string_view path) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return fail(system_error("write", path, errno));
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

namespace {

// Reads once, at most `room` bytes, to the end of `bytes`.
Result<std::size_t> append_read(int descriptor, std::string& bytes, std::size_t room, std::string_view path) {
  const std::size_t filled = bytes.size();
  ssize_t count = 0;
  bytes.resize_and_overwrite(filled + room, [&](char* buffer, std::size_t) {
    do {
      count = ::read(descriptor, buffer + filled, room);
    } while (count < 0 && errno == EINTR);
    return filled + static_cast<std::size_t>(std::max<ssize_t>(count, 0));
  });
  if (count < 0) return fail(system_error("read", path, errno));
  return static_cast<std::size_t>(count);
}

}  // namespace

Result<std::string> read_fully(int descriptor, std::uint64_t size, std::string_view path) {
  constexpr std::size_t kChunk = 64UL * 1024;
  const auto too_large = [&] { return fail(Code::kTooLarge, "read " + std::string(path) + ": too large for memory"); };
  if (size > kLargestWholeFile) return too_large();
  std::string bytes;
  try {
    // One byte more than expected: a short read then tells the end of a regular file without another call.
    std::size_t room = size + 1;
    while (bytes.size() <= kLargestWholeFile) {
      MODTOOL_TRY(const std::size_t count, append_read(descriptor, bytes, room, path));
      if (count == 0 || (bytes.size() == size && size != 0)) return bytes;
      if (bytes.size() > size) room = kChunk;
    }
    return too_large();
  } catch (const std::bad_alloc&) {
    return too_large();
  }
}

}  // namespace modtool::io
