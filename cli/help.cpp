#include "cli/help.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <set>

#include "cli/exit_code.hpp"
#include "cli/version.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

std::string overview() {
  std::string text =
      "modtool: resolve, vendor, draw and prove dependencies\n\nusage: modtool [global flags] <command> [flags]\n";
  std::string_view group;
  for (const Command* command : all_commands()) {
    if (command->group.empty()) continue;
    if (command->group != group) text += fmt::format("\n{}\n", group = command->group);
    text += fmt::format("  {:<14} {}\n", command->name, command->summary);
  }
  return text +
         "\nexample:\n  modtool graph -o graph.svg && modtool vendor && modtool verify\n\n"
         "`modtool <command> --help` says more; `modtool explain MTnnnn` explains an error.\n";
}

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names;
  for (const Command* command : all_commands()) names.push_back(command->name);
  return names;
}

// The first word that is no flag, with the one behind it where the first is a family of the drop-in face.
std::string unknown_command(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].starts_with('-')) continue;
    const bool family = arguments[i] == "mod" || arguments[i] == "work";
    return family && i + 1 < arguments.size() ? arguments[i] + " " + arguments[i + 1] : arguments[i];
  }
  return {};
}

std::vector<std::string> flag_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

}  // namespace

int run_without_command(Console& console, const std::vector<std::string>& arguments) {
  for (const auto& argument : arguments) {
    if (argument == "--version" || argument == "version") return console.print(version_text()), kSuccess;
    if (argument == "--help" || argument == "-h" || argument == "help") return console.print(overview()), kSuccess;
  }
  const std::string unknown = unknown_command(arguments);
  if (unknown.empty()) {
    console.say(arguments.empty() ? overview()
                                  : fmt::format("error[MT0001]: no command behind `{}`", arguments.back()));
    return kUsage;
  }
  const auto near = nearest(unknown, command_names());
  console.say(fmt::format("error[MT0001]: unknown command `{}`{}\n  fix: modtool --help", unknown,
                          near.empty() ? "" : fmt::format("; did you mean `{}`?", near)));
  return kUsage;
}

std::string command_help(const Command& command, const CLI::App& app) {
  return app.help() + fmt::format("\nexample:\n  {}\n", command.example);
}

std::string flag_problem(const Command& command, const CLI::App& app, const std::string& reason) {
  const auto extras = app.remaining();
  std::string problem = reason;
  if (!extras.empty()) {
    const std::string flag = extras.front().substr(0, extras.front().find('='));
    const auto names = flag_names(app);
    const auto near = nearest(flag, {names.begin(), names.end()});
    problem =
        flag.starts_with('-') ? fmt::format("unknown flag `{}`", flag) : fmt::format("unexpected argument `{}`", flag);
    if (flag.starts_with('-') && !near.empty()) problem += fmt::format("; did you mean `{}`?", near);
  }
  return fmt::format("error[MT0001]: {}\n  fix: modtool {} --help", problem, command.name);
}

std::string go_usage_text(const Command& command) {
  return fmt::format("usage: go {}\nRun 'go help {}' for details.", command.go_usage, command.name);
}

}  // namespace modtool::cli
