#include <signal.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>

#include "cli/child_verbs.hpp"
#include "cli/run.hpp"
#include "core/git/git_child.hpp"
#include "core/io/standard_streams.hpp"
#include "graph/layout_child.hpp"

namespace modtool::cli {
namespace {

Cancellation* g_cancellation = nullptr;  // for the signal handler alone

void on_signal(int signal) {
  const int saved = errno;
  g_cancellation->request(signal == SIGINT ? Code::kInterrupted : Code::kTerminated);
  errno = saved;
}

void install_signals(Cancellation& cancellation) {
  g_cancellation = &cancellation;
  struct sigaction action = {};
  action.sa_handler = on_signal;
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) ::sigaction(signal, &action, nullptr);
  ::signal(SIGPIPE, SIG_IGN);
}

// The working directory as the shell names it, where that is the same place (as Go's os.Getwd).
std::string working_directory(const Environment& environment) {
  char buffer[4096];
  const std::string real = ::getcwd(buffer, sizeof buffer) != nullptr ? buffer : "/";
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
              .hooks = hooks});
}

}  // namespace modtool::cli
