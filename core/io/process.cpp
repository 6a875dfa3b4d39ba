#include "core/io/process.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <climits>
#include <csignal>
#include <optional>

#include "core/io/child_process.hpp"

namespace modtool::io {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr std::size_t kKeptStandardError = 64UL * 1024;

void keep_last(std::string& text, std::size_t most) {
  if (text.size() > most) text.erase(0, text.size() - most);
}

// A running child; ended and buried when this goes out of scope.
class Child {
 public:
  Child(pid_t id, Descriptor out, Descriptor err) : id_(id), out_(std::move(out)), err_(std::move(err)) {
    for (const auto* pipe : {&out_, &err_}) set_non_blocking(*pipe);
    handle_ = child_handle(id_);
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;
  ~Child() {
    if (id_ > 0) bury();
  }

  bool has_ended() const { return io::has_ended(id_); }

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
    return wait_for_end(std::exchange(id_, 0));
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

}  // namespace

Result<ChildResult> run_child(const std::vector<std::string>& command, const std::vector<std::string>& environment,
                              std::string_view input, const ChildLimits& limits, const Cancellation& cancellation,
                              const Hear& hear) {
  // A child that is quicker than the first look at the cancellation would still have run.
  MODTOOL_CHECK(cancellation.check());
  MODTOOL_TRY(const Descriptor in, make_input(input));
  MODTOOL_TRY(Pipe out, make_pipe());
  MODTOOL_TRY(Pipe err, make_pipe());
  MODTOOL_TRY(const pid_t id, start_child({.command = command,
                                           .environment = environment,
                                           .standard = {in.get(), out.writing.get(), err.writing.get()},
                                           .memory = limits.memory}));
  for (Pipe* const pipe : {&out, &err}) pipe->writing.reset();
  Child child(id, std::move(out.reading), std::move(err.reading));
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
