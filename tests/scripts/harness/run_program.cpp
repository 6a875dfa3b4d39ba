#include "tests/scripts/harness/run_program.hpp"

#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

namespace modtool::test {
namespace {

// A file in memory that a child writes to or reads from: unlike a pipe it never makes anyone wait.
class MemoryFile {
 public:
  MemoryFile() : handle_(::memfd_create("script", MFD_CLOEXEC)) {}
  ~MemoryFile() { ::close(handle_); }
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;

  int handle() const { return handle_; }

  void fill(const std::string& text) const {
    for (std::size_t done = 0; done < text.size();) {
      const auto count = ::pwrite(handle_, text.data() + done, text.size() - done, static_cast<off_t>(done));
      if (count <= 0) return;
      done += static_cast<std::size_t>(count);
    }
  }

  std::string text() const {
    std::string text(static_cast<std::size_t>(::lseek(handle_, 0, SEEK_END)), '\0');
    const auto count = ::pread(handle_, text.data(), text.size(), 0);
    text.resize(count < 0 ? 0 : static_cast<std::size_t>(count));
    return text;
  }

 private:
  int handle_;
};

std::vector<char*> pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (auto& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> to_strings(const Environment& environment) {
  std::vector<std::string> entries;
  for (const auto& [name, value] : environment) entries.push_back(name + "=" + value);
  return entries;
}

// The full path of a program, as a shell finds it.
std::string find_program(const std::string& name, const std::string& path) {
  if (name.contains('/')) return name;
  for (std::size_t at = 0; at <= path.size();) {
    const auto end = std::min(path.find(':', at), path.size());
    const auto candidate = path.substr(at, end - at) + "/" + name;
    if (::access(candidate.c_str(), X_OK) == 0) return candidate;
    at = end + 1;
  }
  return name;
}

}  // namespace

Outcome run_program(const std::vector<std::string>& command, const std::string& directory,
                    const Environment& environment, const std::string& input) {
  auto words = command;
  auto entries = to_strings(environment);
  const auto path = environment.find("PATH");
  const auto program = find_program(command.front(), path == environment.end() ? "" : path->second);
  const auto argv = pointers(words);
  const auto envp = pointers(entries);
  const MemoryFile in;
  const MemoryFile out;
  const MemoryFile err;
  in.fill(input);

  const auto child = ::fork();
  if (child == 0) {
    ::dup2(in.handle(), STDIN_FILENO);
    ::dup2(out.handle(), STDOUT_FILENO);
    ::dup2(err.handle(), STDERR_FILENO);
    if (::chdir(directory.c_str()) == 0) ::execve(program.c_str(), argv.data(), envp.data());
    ::_exit(127);
  }
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) != child) return {.status = 127};
  return {.status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
          .out = out.text(),
          .err = err.text()};
}

}  // namespace modtool::test
