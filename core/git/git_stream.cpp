#include "core/git/git_stream.hpp"

#include <fmt/format.h>
#include <netdb.h>
#include <strings.h>
#include <sys/socket.h>

#include <cerrno>
#include <memory>
#include <string_view>
#include <utility>

#include "core/git/git_library.hpp"
#include "core/io/system_call.hpp"

namespace modtool::git {
namespace {

// libgit2's constructor of connections has no argument for what it belongs to; the process makes one conversation.
struct Shared {
  const GitLibrary* git = nullptr;
  GitStreamRules rules;
  bool refused = false;
};

Shared& shared() {
  static Shared only;
  return only;
}

int failed(const std::string& message) {
  shared().git->error_set_str(GIT_ERROR_NET, message.c_str());
  return -1;
}

int refuse(const std::string& place) {
  shared().refused = true;
  return failed("refusing to connect to " + place);
}

// libgit2 knows it by its first member.
struct Stream {
  git_stream base{};
  std::string host;
  std::string port;
  io::Descriptor connection;
  bool has_written = false;
};

Stream& stream_of(git_stream* base) { return *reinterpret_cast<Stream*>(base); }

using Addresses = std::unique_ptr<addrinfo, void (*)(addrinfo*)>;

int on_connect(git_stream* base) {
  Stream& stream = stream_of(base);
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (const int outcome = ::getaddrinfo(stream.host.c_str(), stream.port.c_str(), &hints, &found); outcome != 0) {
    return failed(fmt::format("failed to resolve address for {}: {}", stream.host, ::gai_strerror(outcome)));
  }
  const Addresses addresses(found, ::freeaddrinfo);
  int reason = 0;
  for (const addrinfo* each = found; each != nullptr; each = each->ai_next) {
    io::Descriptor candidate(::socket(each->ai_family, each->ai_socktype | SOCK_CLOEXEC, each->ai_protocol));
    if (candidate.is_open() && ::connect(candidate.get(), each->ai_addr, each->ai_addrlen) == 0) {
      stream.connection = std::move(candidate);
      return 0;
    }
    reason = errno;
  }
  return failed(fmt::format("failed to connect to {}: {}", stream.host, io::errno_text(reason)));
}

ssize_t on_read(git_stream* base, void* data, std::size_t size) {
  ssize_t count = 0;
  do {
    count = ::recv(stream_of(base).connection.get(), data, size, 0);
  } while (count < 0 && errno == EINTR);
  if (count < 0) return failed("failed to receive: connection " + io::errno_text(errno));
  shared().rules.heard(static_cast<std::size_t>(count));
  return count;
}

ssize_t on_write(git_stream* base, const char* data, std::size_t size, int flags) {
  Stream& stream = stream_of(base);
  const std::string_view bytes(data, size);
  // Sent on to another server, libgit2 asks for that in the middle of the tunnel to the first one.
  const bool asks = !std::exchange(stream.has_written, true) || bytes.starts_with("CONNECT ");
  const std::string& expected = shared().rules.first_words;
  const bool is_fine = size >= expected.size() && ::strncasecmp(data, expected.data(), expected.size()) == 0;
  if (asks && !is_fine) return refuse("another server through the proxy");
  ssize_t count = 0;
  do {
    count = ::send(stream.connection.get(), data, size, flags | MSG_NOSIGNAL);
  } while (count < 0 && errno == EINTR);
  return count < 0 ? failed("failed to send: connection " + io::errno_text(errno)) : count;
}

int on_close(git_stream* base) {
  stream_of(base).connection.reset();
  return 0;
}

void on_free(git_stream* base) { delete &stream_of(base); }

int on_init(git_stream** out, const char* host, const char* port) {
  const GitStreamRules& rules = shared().rules;
  const bool is_allowed = rules.only_host.empty() ||
                          (::strcasecmp(host, rules.only_host.c_str()) == 0 && std::to_string(rules.only_port) == port);
  if (!is_allowed) return refuse(fmt::format("{}:{}", host, port));
  auto stream = std::make_unique<Stream>();
  stream->host = host;
  stream->port = port;
  stream->base.version = GIT_STREAM_VERSION;
  stream->base.connect = on_connect;
  stream->base.read = on_read;
  stream->base.write = on_write;
  stream->base.close = on_close;
  stream->base.free = on_free;
  *out = &stream.release()->base;
  return 0;
}

}  // namespace

void use_git_streams(const GitLibrary& git, GitStreamRules rules) {
  shared() = {.git = &git, .rules = std::move(rules)};
  git_stream_registration registration{.version = GIT_STREAM_VERSION, .init = on_init, .wrap = nullptr};
  git.stream_register(GIT_STREAM_STANDARD, &registration);
}

bool git_stream_was_refused() { return shared().refused; }

}  // namespace modtool::git
