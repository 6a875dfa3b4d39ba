#include "core/io/attached_process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>

#include <algorithm>
#include <chrono>
#include <climits>
#include <csignal>
#include <cstdlib>
#include <optional>

#include "core/base/text.hpp"
#include "core/io/child_process.hpp"
#include "core/io/file_system.hpp"

namespace modtool::io {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

// So long a program may take to tidy up after it was told to end.
constexpr milliseconds kGrace{3000};

// A terminal of our own for a program that writes to the one behind `real`.
Result<Pipe> make_terminal(int real) {
  constexpr std::string_view kName = "a terminal";
  MODTOOL_TRY(const int number,
              system_call("open", kName, [] { return ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC); }));
  Descriptor master(number);
  MODTOOL_CHECK(system_call("unlock", kName, [&] { return ::unlockpt(master.get()); }));
  char name[PATH_MAX];
  if (::ptsname_r(master.get(), name, sizeof name) != 0) return fail(system_error("name", kName, errno));
  MODTOOL_TRY(Descriptor slave, open_descriptor(name, O_RDWR | O_NOCTTY | O_CLOEXEC));
  ::winsize size{};
  if (::ioctl(real, TIOCGWINSZ, &size) == 0) ::ioctl(slave.get(), TIOCSWINSZ, &size);
  ::termios modes{};
  if (::tcgetattr(slave.get(), &modes) == 0) {
    ::cfmakeraw(&modes);  // what is written comes out as it is: the real terminal has its own say
    ::tcsetattr(slave.get(), TCSANOW, &modes);
  }
  return Pipe{std::move(master), std::move(slave)};
}

Result<Pipe> make_output(int real) { return ::isatty(real) == 1 ? make_terminal(real) : make_pipe(); }

bool are_one_file(int a, int b) {
  struct stat first{};
  struct stat second{};
  return ::fstat(a, &first) == 0 && ::fstat(b, &second) == 0 && first.st_dev == second.st_dev &&
         first.st_ino == second.st_ino;
}

// A running program and the ends of its output; killed when this goes out of scope before its end.
class Running {
 public:
  Running(pid_t id, bool own_group) : id_(id), target_(own_group ? -id : id), handle_(child_handle(id)) {}
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;
  ~Running() {
    if (id_ <= 0) return;
    signal(SIGKILL);
    wait_for_end(id_);
  }

  void read_from(Descriptor end, OutputStream stream) {
    set_non_blocking(end);
    ends_.push_back({std::move(end), stream});
  }

  bool has_ended() const { return io::has_ended(id_); }
  void signal(int number) const { ::kill(target_, number); }

  void wait(std::optional<milliseconds> longest, const Cancellation& cancellation) const {
    constexpr milliseconds kPause{20};  // without a handle (old kernels) nothing wakes this when the program ends
    if (!handle_.is_open()) longest = std::min(longest.value_or(kPause), kPause);
    std::vector<::pollfd> events = {{handle_.get(), POLLIN, 0}};
    if (!cancellation.requested()) events.push_back({cancellation.wake_descriptor(), POLLIN, 0});
    for (const auto& end : ends_) events.push_back({end.descriptor.get(), POLLIN, 0});
    constexpr milliseconds kDay = std::chrono::hours(24);
    ::poll(events.data(), events.size(), longest ? static_cast<int>(std::min(*longest, kDay).count()) : -1);
  }

  void relay(const OutputSink& sink) {
    for (auto& end : ends_) {
      const auto take = [&](std::string_view bytes) { sink(end.stream, bytes); };
      if (end.descriptor.is_open() && !drain(end.descriptor, take)) end.descriptor.reset();
    }
  }

  int finish() { return wait_for_end(std::exchange(id_, 0)); }

 private:
  struct End {
    Descriptor descriptor;
    OutputStream stream;
  };

  pid_t id_;
  pid_t target_;  // of signals
  Descriptor handle_;
  std::vector<End> ends_;
};

// How a program learns that the run is cancelled.
class Ending {
 public:
  // `terminal_signals`: a Ctrl-C has reached the program already.
  Ending(const Running& running, bool terminal_signals) : running_(running), terminal_signals_(terminal_signals) {}

  void begin(Code reason) {
    if (deadline_) return;
    deadline_ = Clock::now() + kGrace;
    if (reason != Code::kInterrupted) return running_.signal(SIGTERM);
    if (!terminal_signals_) running_.signal(SIGINT);
  }

  std::optional<milliseconds> time_left() const {
    if (!deadline_) return std::nullopt;
    return std::max(milliseconds(0), std::chrono::ceil<milliseconds>(*deadline_ - Clock::now()));
  }

 private:
  const Running& running_;
  bool terminal_signals_;
  std::optional<Clock::time_point> deadline_;
};

Result<int> attend(Running& running, Ending ending, const OutputSink& sink, const Cancellation& cancellation) {
  while (!running.has_ended()) {
    if (const auto going_on = cancellation.check(); !going_on) ending.begin(going_on.error().code);
    const auto left = ending.time_left();
    if (left && left->count() == 0) return fail(cancellation.check().error());
    running.wait(left ? left : cancellation.time_left(), cancellation);
    running.relay(sink);
  }
  running.relay(sink);
  const auto going_on = cancellation.check();
  if (!going_on) running.signal(SIGKILL);  // what it left behind
  const int status = running.finish();
  MODTOOL_CHECK(going_on);
  return status;
}

}  // namespace

Result<int> run_relayed(const Program& program, const OutputSink& sink, const Cancellation& cancellation) {
  MODTOOL_CHECK(cancellation.check());
  MODTOOL_TRY(const Descriptor in, make_input(""));
  MODTOOL_TRY(Pipe out, make_output(STDOUT_FILENO));
  Pipe err;
  const bool has_own_error = !are_one_file(STDOUT_FILENO, STDERR_FILENO);
  if (has_own_error) {
    MODTOOL_TRY(err, make_output(STDERR_FILENO));
  }
  const int error_end = has_own_error ? err.writing.get() : out.writing.get();
  MODTOOL_TRY(const pid_t id, start_child({.command = program.command,
                                           .environment = program.environment,
                                           .directory = program.directory,
                                           .standard = {in.get(), out.writing.get(), error_end},
                                           .wall = program.wall}));
  Running running(id, true);
  running.read_from(std::move(out.reading), OutputStream::kOut);
  if (has_own_error) running.read_from(std::move(err.reading), OutputStream::kError);
  for (Pipe* const pipe : {&out, &err}) pipe->writing.reset();
  return attend(running, Ending(running, false), sink, cancellation);
}

Result<int> run_in_place(const Program& program, const Cancellation& cancellation) {
  MODTOOL_CHECK(cancellation.check());
  MODTOOL_TRY(const pid_t id, start_child({.command = program.command,
                                           .environment = program.environment,
                                           .directory = program.directory,
                                           .standard = {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO},
                                           .wall = program.wall,
                                           .own_group = false}));
  Running running(id, false);
  return attend(running, Ending(running, true), nullptr, cancellation);
}

std::string find_program(std::string_view name, std::string_view search_path) {
  if (name.contains('/')) return std::string(name);
  for (const auto directory : split(search_path, ':')) {
    if (!is_absolute(directory)) continue;
    std::string path = join_path(directory, name);
    struct stat info{};
    if (::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) && ::access(path.c_str(), X_OK) == 0) return path;
  }
  return {};
}

}  // namespace modtool::io
