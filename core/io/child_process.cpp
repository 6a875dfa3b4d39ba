#include "core/io/child_process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>

#include <csignal>

namespace modtool::io {
namespace {

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// All that the child needs between fork and exec, where no memory may be allocated.
struct Exec {
  char* const* arguments;
  char* const* environment;
  const char* directory;        // nullptr: here
  std::array<int, 3> standard;  // what become descriptors 0, 1 and 2
  int failure;                  // takes the errno of what failed
  rlim_t memory;                // 0 is none
  pid_t parent;
  NetworkWall wall;
  bool own_group;
};

bool connect_standard(std::array<int, 3> standard) {
  // First out of the way: one of them may have the number that another is to get.
  for (int& number : standard) number = ::fcntl(number, F_DUPFD_CLOEXEC, 3);
  for (int target = 0; target < 3; ++target) {
    if (::dup2(standard[static_cast<std::size_t>(target)], target) < 0) return false;
  }
  return true;
}

bool limit_to(__rlimit_resource resource, rlim_t most) {
  const ::rlimit limit{.rlim_cur = most, .rlim_max = most};
  return ::setrlimit(resource, &limit) == 0;
}

bool prepare_child(const Exec& exec) {
  ::sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  if (!raise_network_wall(exec.wall)) return false;
  if ((exec.own_group && ::setpgid(0, 0) != 0) || ::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
  if (::getppid() != exec.parent) ::_exit(127);  // it ended before the line above
  if (exec.memory != 0 && !limit_to(RLIMIT_AS, exec.memory)) return false;
  if (exec.directory != nullptr && ::chdir(exec.directory) != 0) return false;
  if (!limit_to(RLIMIT_CORE, 0) || !connect_standard(exec.standard)) return false;
  // Descriptors that this process itself inherited are no business of the child's.
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  return true;
}

[[noreturn]] void become_child(const Exec& exec) {
  if (prepare_child(exec)) ::execve(exec.arguments[0], exec.arguments, exec.environment);
  const int reason = errno;
  [[maybe_unused]] const auto written = ::write(exec.failure, &reason, sizeof reason);
  ::_exit(127);
}

// Waits until exec has closed the pipe; what comes through it is the errno of a failure.
Result<void> check_started(const Descriptor& failure, const std::string& program) {
  int reason = 0;
  MODTOOL_TRY(const ssize_t count, system_call("read", "from a child process",
                                               [&] { return ::read(failure.get(), &reason, sizeof reason); }));
  if (count == 0) return {};
  Error error = system_error("fork/exec", program, reason);
  error.code = Code::kChildFailed;
  return fail(std::move(error));
}

}  // namespace

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  MODTOOL_CHECK(system_call("pipe", "of a child process", [&] { return ::pipe2(ends.data(), O_CLOEXEC); }));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

Result<Descriptor> make_input(std::string_view bytes) {
  constexpr std::string_view kName = "standard input";
  MODTOOL_TRY(const int number,
              system_call("memfd_create", kName, [&] { return ::memfd_create("input", MFD_CLOEXEC); }));
  Descriptor input(number);
  MODTOOL_CHECK(write_fully(input.get(), bytes, kName));
  MODTOOL_CHECK(system_call("seek", kName, [&] { return ::lseek(input.get(), 0, SEEK_SET); }));
  return input;
}

Result<pid_t> start_child(const Launch& launch) {
  if (launch.command.empty()) return fail(Code::kChildFailed, "fork/exec: no program");
  MODTOOL_TRY(Pipe failure, make_pipe());
  const auto arguments = pointers_to(launch.command);
  const auto variables = pointers_to(launch.environment);
  const Exec exec{.arguments = arguments.data(),
                  .environment = variables.data(),
                  .directory = launch.directory.empty() ? nullptr : launch.directory.c_str(),
                  .standard = launch.standard,
                  .failure = failure.writing.get(),
                  .memory = launch.memory,
                  .parent = ::getpid(),
                  .wall = launch.wall,
                  .own_group = launch.own_group};
  MODTOOL_TRY(const pid_t id, system_call("fork", launch.command[0], [] { return ::fork(); }));
  if (id == 0) become_child(exec);
  failure.writing.reset();
  if (launch.own_group) ::setpgid(id, id);  // the child does it too: whoever comes first
  auto started = check_started(failure.reading, launch.command[0]);
  if (started) return id;
  wait_for_end(id);
  return fail(std::move(started.error()));
}

bool has_ended(pid_t child) {
  ::siginfo_t info{};
  return ::waitid(P_PID, static_cast<id_t>(child), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == child;
}

int wait_for_end(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

Descriptor child_handle(pid_t child) { return Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, child, 0))); }

void set_non_blocking(const Descriptor& descriptor) { ::fcntl(descriptor.get(), F_SETFL, O_NONBLOCK); }

}  // namespace modtool::io
