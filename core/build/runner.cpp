#include "core/build/runner.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/text.hpp"
#include "core/io/process.hpp"

namespace modtool::build {
namespace {

std::string_view name_of(std::string_view entry) { return entry.substr(0, entry.find('=')); }

std::vector<std::string> merge(std::vector<std::string> environment, const std::vector<std::string>& changes) {
  for (const auto& change : changes) {
    std::erase_if(environment, [&](const auto& entry) { return name_of(entry) == name_of(change); });
    environment.push_back(change);
  }
  return environment;
}

// Where Debian has the programs that modtool itself asks for.
constexpr std::array<std::pair<std::string_view, std::string_view>, 4> kPackages = {
    {{"cmake", "cmake"}, {"ctest", "cmake"}, {"meson", "meson"}, {"go", "golang-go"}}};

Error missing(const std::string& program) {
  Error error{.code = Code::kToolMissing,
              .message = fmt::format("`{}` is needed to build this project and is not in PATH", program)};
  const auto package = std::ranges::find(kPackages, program, &std::pair<std::string_view, std::string_view>::first);
  if (package != kPackages.end()) error.fix = Fix::command({"apt", "install", std::string(package->second)});
  return error;
}

}  // namespace

Runner::Runner(RunnerInputs inputs) : inputs_(std::move(inputs)) {}

std::string Runner::variable(std::string_view name) const {
  for (const auto& entry : inputs_.environment) {
    if (name_of(entry) == name && entry.size() > name.size()) return entry.substr(name.size() + 1);
  }
  return {};
}

bool Runner::has_program(std::string_view name) const { return !find_program(name).empty(); }

std::string Runner::find_program(std::string_view name) const { return io::find_program(name, variable("PATH")); }

Result<io::Program> Runner::prepare(const Step& step) const {
  io::Program program{.command = {find_program(step.program)},
                      .environment = merge(inputs_.environment, step.environment),
                      .directory = step.directory,
                      .wall = inputs_.wall};
  if (program.command[0].empty()) {
    return fail(missing(step.program));
  }
  program.command.insert(program.command.end(), step.arguments.begin(), step.arguments.end());
  return program;
}

Result<int> Runner::run(const Step& step, const io::OutputSink& watch) const {
  MODTOOL_TRY(const auto program, prepare(step));
  if (inputs_.announce) inputs_.announce(command_line(step));
  const auto sink = [&](io::OutputStream stream, std::string_view bytes) {
    inputs_.sink(stream, bytes);
    if (watch) watch(stream, bytes);
  };
  return io::run_relayed(program, sink, inputs_.cancellation);
}

Result<int> Runner::run_in_place(const Step& step) const {
  MODTOOL_TRY(const auto program, prepare(step));
  if (inputs_.announce) inputs_.announce(command_line(step));
  return io::run_in_place(program, inputs_.cancellation);
}

void Runner::note(const std::string& line) const {
  if (inputs_.note) inputs_.note(line);
}

Result<std::string> Runner::ask(const Step& step) const {
  MODTOOL_TRY(const auto program, prepare(step));
  MODTOOL_TRY(auto result, io::run_child(program.command, program.environment, "", {}, inputs_.cancellation));
  return std::move(result.out);
}

io::NetworkWall find_offline_wall(const std::function<void(const std::string&)>& note) {
  const auto wall = io::strongest_network_wall();
  if (wall == io::NetworkWall::kTcpRules) {
    note("the build can open no TCP connection; UDP is not confined, as this machine gives no network namespace");
  } else if (wall == io::NetworkWall::kNone) {
    note("warning: nothing keeps the build's programs from the network, as this machine gives no network namespace");
  }
  return wall;
}

std::string command_line(const Step& step) {
  std::string line;
  for (const auto& change : step.environment) line += shell_word(change) + " ";
  line += shell_word(step.program);
  for (const auto& argument : step.arguments) line += " " + shell_word(argument);
  return line;
}

}  // namespace modtool::build
