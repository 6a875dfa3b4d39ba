#include "tests/process/running_program.hpp"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <pty.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>

namespace modtool::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::chrono::seconds kPatience{30};

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::string text_of(const io::Descriptor& file) {
  std::string text(static_cast<std::size_t>(::lseek(file.get(), 0, SEEK_END)), '\0');
  const auto count = ::pread(file.get(), text.data(), text.size(), 0);
  text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
  return text;
}

// Until the last process that has the terminal open is gone.
void read_terminal(int terminal, std::string& text) {
  std::array<char, 4096> buffer;
  for (ssize_t count = 0; (count = ::read(terminal, buffer.data(), buffer.size())) > 0;) {
    text.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

}  // namespace

void wait_until(const std::function<bool()>& holds) {
  const auto end = steady_clock::now() + kPatience;
  while (!holds()) {
    REQUIRE(steady_clock::now() < end);
    std::this_thread::sleep_for(milliseconds(5));
  }
}

RunningProgram::RunningProgram(const Start& start) : out_(::memfd_create("out", MFD_CLOEXEC)) {
  int near_end = -1;
  int far_end = -1;
  if (start.on_terminal) REQUIRE(::openpty(&near_end, &far_end, nullptr, nullptr, nullptr) == 0);
  err_ = io::Descriptor(start.on_terminal ? near_end : ::memfd_create("err", MFD_CLOEXEC));
  const io::Descriptor far(far_end);

  auto words = start.command;
  std::vector<std::string> variables;
  for (const auto& [name, value] : start.environment) variables.push_back(name + "=" + value);
  const auto argv = pointers_to(words);
  const auto envp = pointers_to(variables);
  id_ = ::fork();
  REQUIRE(id_ >= 0);
  if (id_ == 0) {
    ::dup2(out_.get(), STDOUT_FILENO);
    ::dup2(start.on_terminal ? far_end : err_.get(), STDERR_FILENO);
    if (start.on_terminal) ::close(near_end);
    if (::chdir(start.directory.c_str()) == 0) ::execve(argv[0], argv.data(), envp.data());
    ::_exit(127);
  }
  if (start.on_terminal) reader_ = std::jthread([this, near_end] { read_terminal(near_end, terminal_text_); });
}

RunningProgram::~RunningProgram() {
  if (id_ < 0) return;
  ::kill(id_, SIGKILL);
  ::waitpid(id_, nullptr, 0);
}

bool RunningProgram::has_open(const std::string& path) const {
  std::error_code ended;  // the directory goes with the process
  const auto running = [&](const std::string& process) {
    return std::filesystem::read_symlink("/proc/" + process + "/exe", ended);
  };
  // Until it begins, it has what this process has open.
  if (running(std::to_string(id_)) == running("self")) return false;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/" + std::to_string(id_) + "/fd", ended)) {
    std::error_code closed;
    if (std::filesystem::read_symlink(entry.path(), closed) == path) return true;
  }
  return false;
}

void RunningProgram::send(int signal) const { ::kill(id_, signal); }

std::string RunningProgram::err_so_far() const { return text_of(err_); }

Outcome RunningProgram::wait() {
  int status = 0;
  wait_until([&] { return ::waitpid(id_, &status, WNOHANG) == id_; });
  id_ = -1;
  const bool on_terminal = reader_.joinable();
  if (on_terminal) reader_.join();
  return {.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
          .out = text_of(out_),
          .err = on_terminal ? terminal_text_ : text_of(err_)};
}

}  // namespace modtool::test
