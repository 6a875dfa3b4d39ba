#include <signal.h>
#include <time.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <cstdlib>

#include "cli/child_verbs.hpp"
#include "cli/exit_code.hpp"
#include "cli/run.hpp"
#include "core/git/git_child.hpp"
#include "core/io/standard_streams.hpp"
#include "graph/layout_child.hpp"

namespace modtool::cli {
namespace {

using std::chrono::nanoseconds;

// What still computes after that, and has not asked whether to go on, reads a lock of 100,000 modules, say.
constexpr nanoseconds kComputing = std::chrono::milliseconds(200);
// What still waits after that, waits for the other end of a pipe that was named as a file, or for a dead network file
// system.
constexpr nanoseconds kWaiting = std::chrono::seconds(2);

// For the signal handlers alone.
Cancellation* g_cancellation = nullptr;
timer_t g_computing = {};  // counts processor time: who is slow is left alone
timer_t g_waiting = {};
timer_t g_deadline = {};

void start(timer_t timer, nanoseconds span) {
  const auto seconds = std::chrono::floor<std::chrono::seconds>(span);
  const itimerspec once = {.it_interval = {},
                           .it_value = {.tv_sec = seconds.count(), .tv_nsec = (span - seconds).count()}};
  ::timer_settime(timer, 0, &once, nullptr);
}

void on_signal(int signal) {
  const int saved = errno;
  if (signal != SIGALRM) g_cancellation->request(signal == SIGINT ? Code::kInterrupted : Code::kTerminated);
  start(g_computing, kComputing);
  start(g_waiting, kWaiting);
  errno = saved;
}

// Ends what nobody else does. That leaves what kill -9 leaves, which every write survives.
void on_grace_over(int) {
  if (g_cancellation->was_noticed()) return;
  const Code reason = g_cancellation->reason();
  for (const std::string_view text : {std::string_view("modtool: "), describe_ending(reason), std::string_view("\n")}) {
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, text.data(), text.size());
  }
  ::_exit(exit_code_of(reason));
}

timer_t make_timer(clockid_t clock, int signal) {
  sigevent event = {};
  event.sigev_notify = SIGEV_SIGNAL;
  event.sigev_signo = signal;
  timer_t timer = {};
  ::timer_create(clock, &event, &timer);
  return timer;
}

void install_signals(Cancellation& cancellation) {
  g_cancellation = &cancellation;
  g_computing = make_timer(CLOCK_PROCESS_CPUTIME_ID, SIGVTALRM);
  g_waiting = make_timer(CLOCK_MONOTONIC, SIGVTALRM);
  g_deadline = make_timer(CLOCK_MONOTONIC, SIGALRM);
  struct sigaction action = {};
  action.sa_handler = on_signal;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  action.sa_flags = SA_RESTART;
  ::sigaction(SIGALRM, &action, nullptr);
  action.sa_handler = on_grace_over;
  ::sigaction(SIGVTALRM, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

// The working directory as the shell names it, where that is the same place (as Go's os.Getwd).
std::string working_directory(const Environment& environment) {
  char buffer[4096];
  std::string real = ::getcwd(buffer, sizeof buffer) != nullptr ? buffer : "/";
  const std::string named = environment.get("PWD");
  if (!io::is_absolute(named)) return real;
  char* const resolved = ::realpath(named.c_str(), buffer);
  return resolved != nullptr && real == resolved ? named : real;
}

bool wants_color(const Environment& environment) {
  return ::isatty(STDERR_FILENO) == 1 && environment.get("NO_COLOR").empty() && environment.get("TERM") != "dumb";
}

// A child of modtool itself: a request on standard input, its answer on standard output.
int answer_parent(std::string (*answer)(std::string_view)) {
  std::string input;
  char chunk[1 << 16];
  for (ssize_t count = 0; (count = ::read(STDIN_FILENO, chunk, sizeof chunk)) > 0;) {
    input.append(chunk, static_cast<std::size_t>(count));
  }
  return io::write_standard(io::StandardStream::kOutput, answer(input)).value_or(false) ? 0 : 1;
}

std::string run_git_child(std::string_view request) {
  return git::run_git_child(
      request, [](std::string_view text) { static_cast<void>(io::write_standard(io::StandardStream::kError, text)); });
}

}  // namespace

int run_process(int argc, char** argv, char** environment_pairs, const Hooks& hooks) {
  io::open_closed_streams();
  if (argc == 2 && argv[1] == kLayoutVerb) return answer_parent(graph::run_layout_child);
  if (argc == 2 && argv[1] == kGitChildVerb) return answer_parent(run_git_child);
  static Cancellation cancellation;  // outlives every handler
  install_signals(cancellation);
  const Environment environment = Environment::from(environment_pairs);
  Console console([](std::string_view text) { return io::write_standard(io::StandardStream::kOutput, text); },
                  [](std::string_view text) { return io::write_standard(io::StandardStream::kError, text); });
  console.configure({.error_is_terminal = ::isatty(STDERR_FILENO) == 1, .color = wants_color(environment)});
  return run({.arguments = {argv + 1, argv + argc},
              .directory = working_directory(environment),
              .environment = environment,
              .console = console,
              .files = io::disk(),
              .cancellation = cancellation,
              .hooks = hooks,
              .on_time_limit = [](nanoseconds limit) { start(g_deadline, limit); }});
}

}  // namespace modtool::cli
