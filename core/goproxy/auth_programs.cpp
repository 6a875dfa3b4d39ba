#include "core/goproxy/auth_programs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include "core/base/quoted_words.hpp"
#include "core/base/text.hpp"
#include "core/io/attached_process.hpp"
#include "core/io/process.hpp"

namespace modtool::goproxy {
namespace {

constexpr std::chrono::minutes kPatience{5};  // it may open a browser
constexpr std::uint64_t kMostOutput = 1U << 20;

// As go sets them: nothing asks on the terminal, unless it was told to.
constexpr std::array<std::pair<std::string_view, std::string_view>, 2> kQuietly = {{
    {"GIT_TERMINAL_PROMPT", "0"},
    {"GCM_INTERACTIVE", "never"},
}};

bool is_set(const std::vector<std::string>& environment, std::string_view name) {
  return std::ranges::any_of(environment, [&](std::string_view pair) {
    return pair.starts_with(name) && pair.substr(name.size()).starts_with('=') && pair.size() > name.size() + 1;
  });
}

Result<std::string> find_program(const std::string& name, const std::string& search_path) {
  if (name.contains('/') && !io::is_absolute(name)) {
    return fail(Code::kBadSetting, fmt::format("{} is not run: neither a name nor an absolute path", quote(name)));
  }
  std::string program = io::find_program(name, search_path);
  if (!program.empty()) return program;
  return fail(Code::kChildFailed, fmt::format("exec: {}: executable file not found in $PATH", quote(name)));
}

}  // namespace

AuthPrograms::AuthPrograms(std::vector<std::string> environment, std::string search_path,
                           const Cancellation& cancellation)
    : environment_(std::move(environment)), search_path_(std::move(search_path)), cancellation_(cancellation) {
  for (const auto& [name, value] : kQuietly) {
    if (!is_set(environment_, name)) environment_.push_back(fmt::format("{}={}", name, value));
  }
}

Result<std::string> AuthPrograms::ask_git(const AuthMethod& method, const std::string& verb,
                                          std::string_view input) const {
  MODTOOL_TRY(const std::string git, find_program("git", search_path_));
  return output_of({git, "-C", method.directory, "credential", verb}, input, "'git credential " + verb + "'");
}

Result<std::string> AuthPrograms::run(const AuthMethod& method, const std::string& url, std::string_view input) const {
  MODTOOL_TRY(auto command, split_quoted_words(method.text));
  const std::string name = command.empty() ? "" : command[0];
  MODTOOL_TRY(const std::string program, find_program(name, search_path_));
  command[0] = program;
  if (!url.empty()) command.push_back(url);
  return output_of(command, input, "command " + name);
}

// What it says of a failure may hold anything, and so is not passed on.
Result<std::string> AuthPrograms::output_of(const std::vector<std::string>& command, std::string_view input,
                                            std::string_view shown) const {
  const io::ChildLimits limits{.time = kPatience, .output = kMostOutput, .spare_descendants = true};
  MODTOOL_TRY(auto result, io::run_child(command, environment_, input, limits, cancellation_));
  if (result.timed_out)
    return fail(Code::kChildFailed, fmt::format("{} took more than {} minutes", shown, kPatience.count()));
  if (result.status != 0)
    return fail(Code::kChildFailed, fmt::format("{} failed: exit status {}", shown, result.status));
  return std::move(result.out);
}

}  // namespace modtool::goproxy
