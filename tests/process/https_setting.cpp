#include "tests/process/https_setting.hpp"

#include <doctest/doctest.h>

#include <filesystem>

#include "core/base/text.hpp"

namespace modtool::test {

namespace fs = std::filesystem;

std::string find_go() {
  if (!has_oracle("go")) return "";
  return std::string(trim(run_shell("command -v go").output));
}

HttpsSetting::HttpsSetting() { fs::create_directories(home()); }

std::string HttpsSetting::home() const { return fs::path(project.root()).parent_path() / "home"; }

Outcome HttpsSetting::run(const std::vector<std::string>& words, const std::string& from,
                          const std::string& program) const {
  fs::remove_all(project.cache());
  fs::remove_all(home() + "/.cache");
  return run_again(words, from, program);
}

Outcome HttpsSetting::run_again(const std::vector<std::string>& words, const std::string& from,
                                const std::string& program) const {
  auto start = project.start(words, from);
  if (!program.empty()) start.command[0] = program;
  for (const auto& [name, value] : environment) start.environment[name] = value;
  return RunningProgram(start).wait();
}

void check_equal(const Outcome& ours, const Outcome& expected) {
  CHECK(ours.status == expected.status);
  CHECK(ours.out == expected.out);
  CHECK(ours.err == expected.err);
}

}  // namespace modtool::test
