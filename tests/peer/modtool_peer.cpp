// modtool with the hooks that cmd/go's own script tests set. The released program has none of them, and a lint sees to
// it.
#include <string_view>

#include "cli/run.hpp"

namespace {

// The value of NAME=VALUE in the environment, empty where it is not set.
std::string_view value_of(char** environment, std::string_view name) {
  for (; *environment != nullptr; ++environment) {
    const std::string_view entry = *environment;
    if (entry.starts_with(name) && entry.substr(name.size()).starts_with('=')) return entry.substr(name.size() + 1);
  }
  return {};
}

// "go1.21" stands for 1.21; other builds of go name themselves otherwise and are left alone.
std::string go_version(char** environment) {
  auto version = value_of(environment, "TESTGO_VERSION");
  if (!version.starts_with("go")) return {};
  return std::string(version.substr(2));
}

}  // namespace

int main(int argc, char** argv, char** environment) {
  return modtool::cli::run_process(argc, argv, environment, {.go_version = go_version(environment)});
}
