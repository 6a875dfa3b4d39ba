#include "core/io/process.hpp"

#include <fcntl.h>
#include <linux/close_range.h>
#include <poll.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <optional>

#include "core/io/system_call.hpp"

namespace modtool::io {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kKeptStandardError = 64UL * 1024;

struct Pipe {
  Descriptor reading;
  Descriptor writing;
};

Result<Pipe> make_pipe() {
  std::array<int, 2> ends{};
  MODTOOL_CHECK(system_call("pipe", "of a child process", [&] { return ::pipe2(ends.data(), O_CLOEXEC); }));
  return Pipe{Descriptor(ends[0]), Descriptor(ends[1])};
}

// A file in memory that holds the child's standard input: nobody has to feed a pipe.
Result<Descriptor> make_input(std::string_view bytes) {
  constexpr std::string_view kName = "standard input";
  MODTOOL_TRY(const int number,
              system_call("memfd_create", kName, [&] { return ::memfd_create("input", MFD_CLOEXEC); }));
  Descriptor input(number);
  MODTOOL_CHECK(write_fully(input.get(), bytes, kName));
  MODTOOL_CHECK(system_call("seek", kName, [&] { return ::lseek(input.get(), 0, SEEK_SET); }));
  return input;
}

std::vector<char*> pointers_to(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (const auto& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

// All that the child needs between fork and exec, where no memory may be allocated.
struct Launch {
  char* const* arguments;
  char* const* environment;
  std::array<int, 3> standard;  // what become descriptors 0, 1 and 2
  int failure;                  // takes the errno of what failed
  rlim_t memory;                // 0 is none
  pid_t parent;
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

bool prepare_child(const Launch& launch) {
  ::sigset_t none;
  ::sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::signal(SIGPIPE, SIG_DFL);
  if (::setpgid(0, 0) != 0 || ::prctl(PR_SET_PDEATHSIG, SIGKILL) != 0) return false;
  if (::getppid() != launch.parent) ::_exit(127);  // it ended before the line above
  if (launch.memory != 0 && !limit_to(RLIMIT_AS, launch.memory)) return false;
  if (!limit_to(RLIMIT_CORE, 0) || !connect_standard(launch.standard)) return false;
  // Descriptors that this process itself inherited are no business of the child's.
  ::close_range(3, ~0U, CLOSE_RANGE_CLOEXEC);
  return true;
}

[[noreturn]] void become_child(const Launch& launch) {
  if (prepare_child(launch)) ::execve(launch.arguments[0], launch.arguments, launch.environment);
  const int reason = errno;
  [[maybe_unused]] const auto written = ::write(launch.failure, &reason, sizeof reason);
  ::_exit(127);
}

// Takes what there is of a pipe without waiting; false at its end.
template <class Take>
bool drain(Descriptor& pipe, Take take) {
  std::array<char, 64UL * 1024> buffer;
  for (;;) {
    const ssize_t count = ::read(pipe.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0 && errno == EAGAIN) return true;
    if (count <= 0) return false;
    take(std::string_view(buffer.data(), static_cast<std::size_t>(count)));
  }
}

void keep_last(std::string& text, std::size_t most) {
  if (text.size() > most) text.erase(0, text.size() - most);
}

// A running child; ended and buried when this goes out of scope.
class Child {
 public:
  Child(pid_t id, Descriptor out, Descriptor err) : id_(id), out_(std::move(out)), err_(std::move(err)) {
    ::setpgid(id_, id_);  // the child does it too: whoever comes first
    for (const auto* pipe : {&out_, &err_}) ::fcntl(pipe->get(), F_SETFL, O_NONBLOCK);
    handle_ = Descriptor(static_cast<int>(::syscall(SYS_pidfd_open, id_, 0)));
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ > 0) bury();
  }

  bool has_ended() const {
    ::siginfo_t info{};
    return ::waitid(P_PID, static_cast<id_t>(id_), &info, WEXITED | WNOHANG | WNOWAIT) == 0 && info.si_pid == id_;
  }

  // Waits until the child writes or ends, or the run is cancelled, at most so long.
  void wait(std::optional<milliseconds> longest, const Cancellation& cancellation) {
    // Without a pidfd (old kernels) nothing wakes this when the child ends.
    constexpr milliseconds kPause{20};
    if (!handle_.is_open()) longest = std::min(longest.value_or(kPause), kPause);
    std::array<::pollfd, 4> events{{{out_.get(), POLLIN, 0},
                                    {err_.get(), POLLIN, 0},
                                    {handle_.get(), POLLIN, 0},
                                    {cancellation.wake_descriptor(), POLLIN, 0}}};
    constexpr milliseconds kDay = std::chrono::hours(24);
    ::poll(events.data(), events.size(), longest ? static_cast<int>(std::min(*longest, kDay).count()) : -1);
  }

  void collect(ChildResult& result, std::uint64_t most, const Hear& hear) {
    const auto take_out = [&](std::string_view bytes) { result.out += bytes.substr(0, most - result.out.size()); };
    const auto take_err = [&](std::string_view bytes) {
      if (hear) hear(bytes);
      result.err += bytes;
      keep_last(result.err, kKeptStandardError);
    };
    if (out_.is_open() && !drain(out_, take_out)) out_.reset();
    if (err_.is_open() && !drain(err_, take_err)) err_.reset();
  }

  // Ends the whole process group and gives the exit status of the child.
  int bury(bool spare_descendants = false) {
    if (!spare_descendants || !has_ended()) ::kill(-id_, SIGKILL);
    int status = 0;
    while (::waitpid(id_, &status, 0) < 0 && errno == EINTR) continue;
    id_ = 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  pid_t id_;
  Descriptor out_;
  Descriptor err_;
  Descriptor handle_;
};

std::optional<milliseconds> earlier(std::optional<milliseconds> a, std::optional<milliseconds> b) {
  if (a && b) return std::min(*a, *b);
  return a ? a : b;
}

Result<ChildResult> attend(Child& child, const ChildLimits& limits, const Cancellation& cancellation,
                           const Hear& hear) {
  const auto end = Clock::now() + limits.time;
  ChildResult result;
  while (!child.has_ended()) {
    MODTOOL_CHECK(cancellation.check());
    std::optional<milliseconds> left;
    if (limits.time.count() > 0) left = std::chrono::ceil<milliseconds>(end - Clock::now());
    if (left && left->count() <= 0) {
      result.timed_out = true;
      break;
    }
    child.wait(earlier(left, cancellation.time_left()), cancellation);
    child.collect(result, limits.output, hear);
  }
  result.status = child.bury(limits.spare_descendants);
  child.collect(result, limits.output, hear);
  return result;
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

Result<ChildResult> run_child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                              std::string_view input, const ChildLimits& limits, const Cancellation& cancellation,
                              const Hear& hear) {
  if (command.empty()) return fail(Code::kChildFailed, "fork/exec: no program");
  // A child that is quicker than the first look at the cancellation would still have run.
  MODTOOL_CHECK(cancellation.check());
  MODTOOL_TRY(const Descriptor in, make_input(input));
  MODTOOL_TRY(Pipe out, make_pipe());
  MODTOOL_TRY(Pipe err, make_pipe());
  MODTOOL_TRY(Pipe failure, make_pipe());
  const auto arguments = pointers_to(command);
  const auto variables = pointers_to(environment);
  const Launch launch{.arguments = arguments.data(),
                      .environment = variables.data(),
                      .standard = {in.get(), out.writing.get(), err.writing.get()},
                      .failure = failure.writing.get(),
                      .memory = limits.memory,
                      .parent = ::getpid()};
  MODTOOL_TRY(const pid_t id, system_call("fork", command[0], [] { return ::fork(); }));
  if (id == 0) become_child(launch);
  for (Pipe* const pipe : {&out, &err, &failure}) pipe->writing.reset();
  Child child(id, std::move(out.reading), std::move(err.reading));
  MODTOOL_CHECK(check_started(failure.reading, command[0]));
  return attend(child, limits, cancellation, hear);
}

std::string own_executable() {
  constexpr const char* kLink = "/proc/self/exe";
  std::string target(PATH_MAX, '\0');
  const ssize_t size = ::readlink(kLink, target.data(), target.size());
  if (size <= 0) return kLink;
  target.resize(static_cast<std::size_t>(size));
  return target;
}

}  // namespace modtool::io
