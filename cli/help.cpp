#include "cli/help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/exit_code.hpp"
#include "cli/global_flags.hpp"
#include "cli/version.hpp"
#include "core/base/text.hpp"

namespace modtool::cli {
namespace {

constexpr std::string_view kGoFamily = "mod";  // the word that the drop-in face's commands begin with

std::string row(const Command& command) { return fmt::format("  {:<20} {}\n", command.name, command.summary); }

std::string go_face_overview() {
  std::string text = "\nas the go command does, with go's flags, words and exit statuses\n";
  for (const Command* command : all_commands()) text += command->is_go_face ? row(*command) : "";
  return text;
}

std::string overview() {
  std::string text =
      "modtool: resolve, vendor, draw and prove dependencies\n\nusage: modtool [global flags] <command> [flags]\n";
  std::string_view group;
  for (const Command* command : all_commands()) {
    if (command->is_go_face) continue;
    if (command->group != group) text += fmt::format("\n{}\n", group = command->group);
    text += row(*command);
  }
  return text + go_face_overview() +
         "\nexample:\n  modtool graph -o graph.svg && modtool vendor && modtool verify\n\n"
         "`modtool <command> --help` says more, `modtool explain MTnnnn` explains an error, `modtool --version` tells "
         "the version.\n";
}

std::string family_help() { return "usage: modtool mod <command> [flags]\n" + go_face_overview(); }

std::vector<std::string_view> command_names() {
  std::vector<std::string_view> names = {"help", "version"};
  for (const Command* command : all_commands()) names.push_back(command->name);
  return names;
}

// The words that are neither flags nor values of flags, at most two of them.
std::vector<std::string> words_of(const std::vector<std::string>& arguments) {
  std::vector<std::string> words;
  for (std::size_t i = 0; i < arguments.size() && words.size() < 2; ++i) {
    if (takes_value(arguments[i]))
      ++i;
    else if (!arguments[i].starts_with('-'))
      words.push_back(arguments[i]);
  }
  return words;
}

std::vector<std::string> flag_names(const FlagSet& set) {
  std::vector<std::string> names;
  for (const auto& flag : set.declared()) {
    for (const auto& name : flag.long_names) names.push_back("--" + name);
    for (const auto& name : flag.short_names) names.push_back("-" + name);
  }
  return names;
}

std::string usage_error(const std::string& problem, const std::string& fix) {
  return fmt::format("error[MT0001]: {}\n  fix: {}", problem, fix);
}

std::string unknown_command(const std::vector<std::string>& words) {
  const bool in_family = words.front() == kGoFamily && words.size() > 1;
  const std::string name = in_family ? words[0] + " " + words[1] : words[0];
  return usage_error(fmt::format("unknown command `{}`{}", name, did_you_mean(name, command_names())),
                     in_family ? "modtool mod --help" : "modtool --help");
}

// A flag where a command should be.
std::string no_command(const std::vector<std::string>& arguments) {
  FlagSet set;
  GlobalFlags flags;
  add_global_flags(set, flags);
  auto names = flag_names(set);
  names.insert(names.end(), {"--help", "--version"});
  const bool known = std::ranges::find(names, arguments.front()) != names.end() || arguments.front().contains('=');
  const std::string problem = known ? "no command behind the flags"
                                    : fmt::format("unknown flag `{}`{}", arguments.front(),
                                                  did_you_mean(arguments.front(), {names.begin(), names.end()}));
  return usage_error(problem, "modtool --help");
}

std::string squeeze_blank_lines(std::string text) {
  for (auto at = text.find("\n\n\n"); at != std::string::npos; at = text.find("\n\n\n", at)) text.erase(at, 1);
  return text;
}

}  // namespace

int run_without_command(Console& console, const std::vector<std::string>& arguments) {
  const auto words = words_of(arguments);
  const auto has = [&](std::string_view name) { return std::ranges::find(arguments, name) != arguments.end(); };
  if (words.empty() ? has("--version") : words.front() == "version") return console.print(version_text()), kSuccess;
  const bool is_family = words.size() == 1 && words.front() == kGoFamily;
  const bool wants_help = has("--help") || has("-h");
  if (wants_help && is_family) return console.print(family_help()), kSuccess;
  if (wants_help && words.empty()) return console.print(overview()), kSuccess;
  if (is_family) {
    console.say(family_help());
  } else if (!words.empty()) {
    console.say_error(unknown_command(words));
  } else if (arguments.empty()) {
    console.say(overview());
  } else {
    console.say_error(no_command(arguments));
  }
  return kUsage;
}

std::string command_help(const Command& command, const FlagSet& set) {
  return squeeze_blank_lines(set.help() + fmt::format("\nexample:\n  {}\n", command.example));
}

Error flag_problem(const Command& command, const FlagSet& set, const FlagProblem& problem) {
  std::string message = problem.reason;
  if (problem.extra) {
    const std::string flag = problem.extra->substr(0, problem.extra->find('='));
    const auto names = flag_names(set);
    message = flag.starts_with('-')
                  ? fmt::format("unknown flag `{}`{}", flag, did_you_mean(flag, {names.begin(), names.end()}))
                  : fmt::format("unexpected argument `{}`", flag);
  }
  return Error{.code = Code::kUsage, .message = message}.with(Fix::modtool(std::string(command.name), {"--help"}));
}

std::string go_face_help(const Command& command) {
  return fmt::format("{}\nusage: modtool {}\n\nexample:\n  {}\n", command.summary, command.go_usage, command.example);
}

std::string go_usage_text(const Command& command) {
  return fmt::format("usage: go {}\nRun 'go help {}' for details.", command.go_usage, command.name);
}

}  // namespace modtool::cli
